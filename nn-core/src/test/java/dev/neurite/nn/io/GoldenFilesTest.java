package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.Blobs;
import dev.neurite.nn.train.EarlyStopping;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingListener;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingSnapshot;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Files that earlier versions wrote, which every later version reads.
 *
 * <p>Never write these again: a new version of a format gets a new folder beside {@code 1}, made by
 * {@link #main}.
 */
class GoldenFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/neurite/nn/io/golden");
  private static final Path FIRST = GOLDEN.resolve("1");
  private static final int ROWS = 5;
  private static final float TOLERANCE = 2e-6f;

  @Test
  void modelsPredictWhatTheyPredicted() throws IOException {
    JsonNode record = new ObjectMapper().readTree(FIRST.resolve("predictions.json").toFile());
    float[] inputs = floats(record.get("inputs"));
    float[] outputs = floats(record.get("outputs"));
    assertThat(inputs).hasSize(ROWS * 4);
    assertThat(outputs).hasSize(ROWS * 3);
    int checked = 0;
    for (String name : List.of("model.safetensors", "pytorch.safetensors", "tfjs", "model.onnx")) {
      AnyModelFile.Content content =
          AnyModelFile.read(FIRST.resolve(name), Activation.LINEAR, Activation.LINEAR);
      assertThat(content.format()).isEqualTo(AnyModelFile.Format.values()[checked]);
      assertThat(content.saved().provenance()).isEqualTo(SampleModels.PROVENANCE);
      assertThat(new Predictor(content.saved().model()).predictBatch(inputs, ROWS))
          .as(name)
          .containsExactly(outputs, within(TOLERANCE));
      checked++;
    }
    assertThat(checked).isEqualTo(AnyModelFile.Format.values().length);
    SavedModel trained = ModelFile.read(FIRST.resolve("trained.safetensors"));
    TrainingRecord training = trained.training();
    assertThat(training).isNotNull();
    assertThat(training.spec().epochs()).isEqualTo(2);
    assertThat(training.result().history()).hasSize(2);
  }

  @Test
  void aRunGoesOnFromACheckpoint() throws IOException {
    TrainingSnapshot snapshot = CheckpointFile.read(FIRST.resolve("checkpoint.safetensors"));
    JsonNode record = new ObjectMapper().readTree(FIRST.resolve("predictions.json").toFile());
    assertThat(snapshot.history()).hasSize(1);
    assertThat(snapshot.history().get(0).trainLoss())
        .isEqualTo(record.get("checkpointTrainLoss").asDouble());
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      Trainer trainer = Trainer.resume(snapshot, Blobs.split(100, 20, 20), engine);
      TrainingResult result = trainer.run(new TrainingControl(), TrainingListener.NONE);
      assertThat(result.history()).hasSize(4);
      assertThat(result.history().get(3).trainLoss())
          .isLessThan(result.history().get(0).trainLoss());
    }
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }

  /**
   * Makes the files of a version.
   *
   * @param arguments the folder; it must not exist
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectory(Path.of(arguments[0]));
    ModelSpec.Builder spec = ModelSpec.inputs(4).rescaling(2).dropout(0.1f);
    for (Activation activation : SampleModels.hiddenActivations()) {
      if (!activation.equals(Activation.elu(0.7f))) { // TensorFlow.js has none
        spec.dense(4, activation);
      }
    }
    SavedModel saved =
        new SavedModel(
            carrying(SampleModels.filled(spec.output(3, Activation.SOFTMAX), 11)),
            null,
            SampleModels.PROVENANCE);
    ExportSpec export = new ExportSpec("golden", "numbers", 1, List.of("a", "b", "c"));
    ModelFile.write(folder.resolve("model.safetensors"), saved);
    PyTorchFile.write(folder.resolve("pytorch.safetensors"), saved, export);
    TensorFlowJsFile.write(folder.resolve("tfjs"), saved, export);
    OnnxFile.write(folder.resolve("model.onnx"), saved, export);
    ObjectNode record = new ObjectMapper().createObjectNode();
    ArrayNode inputs = record.putArray("inputs");
    for (float value : SampleModels.inputs(ROWS, 4, 12)) {
      inputs.add(value);
    }
    ArrayNode outputs = record.putArray("outputs");
    for (float value : SampleModels.outputs(saved.model(), ROWS, 12)) {
      outputs.add(value);
    }
    TrainingSpec training = TrainingSpec.classifier(4).withEarlyStopping(new EarlyStopping(3));
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      Trainer trainer =
          new Trainer(Model.create(Blobs.network(), 5), training, Blobs.split(100, 20, 20), engine);
      TrainingControl control = new TrainingControl();
      trainer.run(
          control,
          event -> {
            if (event instanceof TrainingEvent.EpochCompleted) {
              control.cancel();
            }
          });
      CheckpointFile.write(
          folder.resolve("checkpoint.safetensors"), trainer.snapshot(), SampleModels.PROVENANCE);
      record.put("checkpointTrainLoss", trainer.snapshot().history().get(0).trainLoss());
      Model model = Model.create(Blobs.network(), 6);
      TrainingSpec two = TrainingSpec.classifier(2);
      TrainingResult result =
          new Trainer(model, two, Blobs.split(100, 20, 20), engine)
              .run(new TrainingControl(), TrainingListener.NONE);
      ModelFile.write(
          folder.resolve("trained.safetensors"),
          new SavedModel(model, new TrainingRecord(two, result), SampleModels.PROVENANCE));
    }
    Files.writeString(folder.resolve("predictions.json"), record.toString());
  }

  /** Makes kernels near to the identity and biases small, so that inputs matter to the end. */
  private static Model carrying(Model model) {
    int last = model.spec().denseLayers().size() - 1;
    for (int layer = 0; layer <= last; layer++) {
      FMatrixRMaj kernel = model.kernel(layer).value();
      for (int i = 0; i < kernel.numRows; i++) {
        for (int j = 0; j < kernel.numCols; j++) {
          double value = (i == j ? 1 : 0) + 0.3 * kernel.get(i, j);
          kernel.set(i, j, (float) (layer == last ? 4 * value : value));
        }
      }
      for (int i = 0; i < model.bias(layer).size(); i++) {
        model.bias(layer).value().data[i] *= 0.2f;
      }
    }
    return model;
  }
}
