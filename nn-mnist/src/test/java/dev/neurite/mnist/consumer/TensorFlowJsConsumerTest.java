package dev.neurite.mnist.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.neurite.mnist.files.IdxReader;
import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.nn.io.ExportSpec;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TensorFlowJsFile;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Activation.Function;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TensorFlow.js itself opens what we export, and we open what it saves. */
class TensorFlowJsConsumerTest {
  private static final float TOLERANCE = 1e-5f;
  private static final int IMAGES = 100;
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  private static final Provenance PROVENANCE =
      new Provenance("neurite test", "2026-01-02T03:04:05Z", "random", "plain", 1);

  @TempDir private Path work;

  @BeforeEach
  void prepare() throws IOException, InterruptedException {
    NodeProject.prepare(work);
  }

  /** A network of random numbers, biases included. */
  private static Model filled(ModelSpec spec, long seed) {
    Model model = Model.create(spec, seed);
    Random random = new Random(seed);
    for (int layer = 0; layer < spec.denseLayers().size(); layer++) {
      float[] bias = model.bias(layer).value().data;
      for (int i = 0; i < model.bias(layer).size(); i++) {
        bias[i] = 0.3f * (float) random.nextGaussian();
      }
    }
    return model;
  }

  private static float[] random(int count) {
    Random random = new Random(3);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The first test images of MNIST, or blots in their place where it is not there. */
  private static float[] images() throws IOException {
    float[] pixels = new float[IMAGES * DigitNetwork.INPUTS];
    String mnist = System.getenv("MNIST_DIR");
    byte[] bytes = new byte[pixels.length];
    if (mnist == null) {
      Random random = new Random(5);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(5) == 0 ? random.nextInt(256) : 0);
      }
    } else {
      Path plain = Path.of(mnist, "t10k-images-idx3-ubyte");
      Path file = Files.exists(plain) ? plain : Path.of(mnist, "t10k-images-idx3-ubyte.gz");
      System.arraycopy(IdxReader.read(file).bytes(), 0, bytes, 0, bytes.length);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (bytes[i] & 0xFF) / 255f;
    }
    return pixels;
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }

  @Test
  void itPredictsWhatWePredictAndTrainsOn() throws IOException, InterruptedException {
    float[] images = images();
    float[] numbers = random(20 * 7);
    write(work.resolve("images.bin"), images);
    write(work.resolve("numbers.bin"), numbers);
    Map<String, Model> models = new LinkedHashMap<>();
    ArrayNode cases = new ObjectMapper().createArrayNode();
    ModelSpec digits =
        DigitNetwork.spec(List.of(new DenseSpec(128, Activation.RELU)), 0.1f, 0.25f, 10);
    models.put("digits", filled(digits, 1));
    cases.addObject().put("folder", "digits").put("inputs", "images.bin");
    for (Function function : Function.values()) {
      Activation activation = Activation.of(function.label());
      ModelSpec.Builder spec = ModelSpec.inputs(7).rescaling(0.5f);
      if (function != Function.SOFTMAX) {
        spec.dense(9, activation).dropout(0.5f).dense(6, activation);
      }
      models.put(function.label(), filled(spec.output(4, activation), 2));
      cases.addObject().put("folder", function.label()).put("inputs", "numbers.bin");
    }
    for (Map.Entry<String, Model> model : models.entrySet()) {
      ExportSpec export =
          model.getKey().equals("digits")
              ? ExportSpec.pictures("digits", DIGITS)
              : ExportSpec.named(model.getKey());
      TensorFlowJsFile.write(
          work.resolve(model.getKey()), new SavedModel(model.getValue(), null, PROVENANCE), export);
    }
    Files.writeString(work.resolve("cases.json"), cases.toString());
    NodeProject.run(work, "open-exports.js", work.toString());

    JsonNode results = new ObjectMapper().readTree(work.resolve("results.json").toFile());
    assertThat(results).hasSize(models.size()).hasSize(Function.values().length + 1);
    for (JsonNode result : results) {
      String name = result.get("folder").asText();
      Model model = models.get(name);
      float[] inputs = name.equals("digits") ? images : numbers;
      float[] ours =
          new Predictor(model).predictBatch(inputs, inputs.length / model.spec().inputs());
      assertThat(floats(result.get("predictions")))
          .as(name)
          .containsExactly(ours, within(TOLERANCE));
      assertThat(result.get("lossAfter").asDouble())
          .as(name)
          .isLessThan(result.get("lossBefore").asDouble());
    }
    assertThat(results.get(0).get("predictions")).hasSize(IMAGES * 10);
    JsonNode words = results.get(0).get("metadata").get("export");
    assertThat(words.get("classNames")).hasSize(10);
    assertThat(words.get("inputScale").asDouble()).isEqualTo(1 / 255.0);
  }

  @Test
  void weReadWhatItSaves() throws IOException, InterruptedException {
    float[] inputs = random(30 * 12);
    write(work.resolve("inputs.bin"), inputs);
    NodeProject.run(work, "make-models.js", work.toString());
    JsonNode made = new ObjectMapper().readTree(work.resolve("made.json").toFile());
    assertThat(made).hasSize(3);
    for (JsonNode model : made) {
      String name = model.get("name").asText();
      SavedModel read = TensorFlowJsFile.read(work.resolve(name));
      assertThat(read.model().spec().inputs()).isEqualTo(12);
      assertThat(read.provenance().producer()).startsWith("TensorFlow.js");
      assertThat(new Predictor(read.model()).predictBatch(inputs, 30))
          .as(name)
          .containsExactly(floats(model.get("predictions")), within(TOLERANCE));
    }
    assertThat(work.resolve("layers/group1-shard2.bin")).exists();
  }

  @Test
  void thePageOfTheReadmeWorks() throws IOException, InterruptedException {
    Model model =
        filled(DigitNetwork.spec(List.of(new DenseSpec(32, Activation.RELU)), 0, 0.2f, 10), 4);
    TensorFlowJsFile.write(
        work.resolve("digits"),
        new SavedModel(model, null, PROVENANCE),
        ExportSpec.pictures("digits", DIGITS));
    NodeProject.run(
        work, "run-page.js", Path.of("../README.md").toAbsolutePath().toString(), work.toString());
    // The page draws a one: a column of ink.
    float[] one = new float[DigitNetwork.INPUTS];
    for (int row = 4; row < 24; row++) {
      one[row * 28 + 14] = 1;
    }
    int answer = Predictor.argMax(new Predictor(model).predict(one));
    assertThat(work.resolve("page.txt")).hasContent("This is a " + answer);
  }
}
