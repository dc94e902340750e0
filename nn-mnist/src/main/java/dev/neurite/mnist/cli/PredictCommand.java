package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.digit.DigitPreprocessor;
import dev.neurite.mnist.digit.DigitStages;
import dev.neurite.mnist.digit.ImageFileReader;
import dev.neurite.mnist.dropin.DataPlace;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn predict}: which digits a model sees in pictures. */
@Command(
    name = "predict",
    description =
        "Recognise digits in pictures: PNG or JPEG, any size, dark on light or light on dark.")
final class PredictCommand implements Callable<Integer> {
  private static final int PIXELS = DigitPreprocessor.SIDE * DigitPreprocessor.SIDE;

  @Mixin private CommonOptions options = new CommonOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The model file.")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Pictures of one digit each.")
  private List<Path> images = new ArrayList<>();

  @Option(
      names = "--blur",
      paramLabel = "PIXELS",
      description =
          "Standard deviation of the blur, in pixels of a drawing ten times as large as the digit,"
              + " 0 to 3 (default: ${DEFAULT-VALUE}).")
  private double blurSigma = DigitPreprocessor.DEFAULT_BLUR_SIGMA;

  @Override
  public Integer call() throws IOException {
    EngineSpec engine = options.engine();
    DigitPreprocessor preprocessor = preprocessor();
    SavedModel saved = GivenModel.readToAnswer(file);
    Predictor predictor = new Predictor(saved.model(), engine);
    ModelSpec spec = predictor.spec();
    List<String> names =
        DataPlace.classNames(AugmentedData.of(saved.provenance().data()).data(), spec.outputs());
    if (spec.inputs() != PIXELS) {
      throw new IOException(
          "%s has %d inputs, pictures of digits need %d".formatted(file, spec.inputs(), PIXELS));
    }
    ObjectNode result = JsonResults.object();
    ArrayNode predictions = result.putArray("predictions");
    for (Path image : images) {
      Optional<DigitStages> stages = preprocessor.prepare(ImageFileReader.read(image));
      if (stages.isEmpty()) {
        throw new IOException(image + " shows no ink: the picture is of one brightness");
      }
      float[] probabilities = predictor.predict(stages.get().digit().pixels());
      for (float probability : probabilities) {
        GivenModel.requireFinite(file, probability);
      }
      int digit = Predictor.argMax(probabilities);
      options
          .out()
          .printf("%s: %s (%.1f %%)%n", image, names.get(digit), 100 * probabilities[digit]);
      ObjectNode prediction = predictions.addObject();
      prediction.put("file", image.toString());
      prediction.put("digit", digit);
      prediction.put("name", names.get(digit));
      ArrayNode values = prediction.putArray("probabilities");
      for (float probability : probabilities) {
        values.add(probability);
      }
    }
    options.finish(result);
    return 0;
  }

  private DigitPreprocessor preprocessor() {
    try {
      return new DigitPreprocessor(blurSigma);
    } catch (IllegalArgumentException e) {
      throw options.wrongUsage("--blur: " + e.getMessage());
    }
  }
}
