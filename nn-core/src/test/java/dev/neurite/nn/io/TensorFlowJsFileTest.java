package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowJsFileTest {
  private static final ExportSpec EXPORT =
      new ExportSpec("sample net", "numbers", 0.5, List.of("a", "b", "c"));

  /** Room for the sum of products in another order. */
  private static final float TOLERANCE = 1e-5f;

  @TempDir private Path folder;

  private Path model() {
    return folder.resolve("model");
  }

  @Test
  void everyActivationComesBack() throws IOException {
    int checked = 0;
    for (Activation activation : SampleModels.hiddenActivations()) {
      SavedModel saved = SampleModels.with(activation, Activation.SOFTMAX, 2);
      if (activation.equals(Activation.elu(0.7f))) {
        assertThatThrownBy(() -> TensorFlowJsFile.write(model(), saved, EXPORT))
            .hasMessageContaining("layer dense1: TensorFlow.js has ELU of scale 1 only");
        continue;
      }
      TensorFlowJsFile.write(model(), saved, EXPORT);
      SavedModel read = TensorFlowJsFile.read(model());
      assertThat(read.provenance()).isEqualTo(SampleModels.PROVENANCE);
      assertThat(read.model().spec())
          .isEqualTo(
              ModelSpec.inputs(SampleModels.INPUTS)
                  .dropout(0.1f)
                  .dense(5, activation)
                  .dropout(0.25f)
                  .dense(4, activation)
                  .output(SampleModels.OUTPUTS, Activation.SOFTMAX));
      assertThat(SampleModels.outputs(read.model(), 20, 1))
          .as(activation.toString())
          .containsExactly(SampleModels.outputs(saved.model(), 20, 1), within(TOLERANCE));
      checked++;
    }
    assertThat(checked).isEqualTo(Activation.Function.values().length);
  }

  /** What is in the files, read without our reader. */
  @Test
  void theFilesAreWhatTensorFlowJsDescribes() throws IOException {
    SavedModel saved = SampleModels.with(Activation.leakyRelu(0.2f), Activation.SOFTMAX, 3);
    TensorFlowJsFile.write(model(), saved, EXPORT);
    JsonNode json = new ObjectMapper().readTree(model().resolve("model.json").toFile());
    assertThat(json.get("format").asText()).isEqualTo("layers-model");
    assertThat(json.at("/modelTopology/class_name").asText()).isEqualTo("Sequential");
    JsonNode layers = json.at("/modelTopology/config/layers");
    assertThat(layers.findValuesAsText("class_name"))
        .containsExactly("Dropout", "Dense", "LeakyReLU", "Dropout", "Dense", "LeakyReLU", "Dense");
    assertThat(layers.at("/0/config/batch_input_shape").toString()).isEqualTo("[null,6]");
    assertThat(layers.at("/2/config/alpha").floatValue()).isEqualTo(0.2f);
    assertThat(json.at("/weightsManifest/0/paths").toString())
        .isEqualTo("[\"./model.weights.bin\"]");
    JsonNode weights = json.at("/weightsManifest/0/weights");
    assertThat(weights.findValuesAsText("name"))
        .containsExactly(
            "dense1/kernel",
            "dense1/bias",
            "dense2/kernel",
            "dense2/bias",
            "dense3/kernel",
            "dense3/bias");
    assertThat(weights.at("/0/shape").toString()).isEqualTo("[6,5]");
    assertThat(json.at("/userDefinedMetadata/export/classNames").toString())
        .isEqualTo("[\"a\",\"b\",\"c\"]");
    assertThat(json.at("/userDefinedMetadata/export/inputScale").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/userDefinedMetadata/format").asText()).isEqualTo("neurite-tfjs 1");
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(model().resolve("model.weights.bin")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.capacity()).isEqualTo(4 * saved.model().spec().parameterCount());
    for (int i = 0; i < 30; i++) {
      assertThat(bytes.getFloat()).isEqualTo(3 * saved.model().kernel(0).value().data[i]);
    }
    assertThat(bytes.getFloat()).isEqualTo(saved.model().bias(0).value().data[0]);
  }

  @Test
  void anEarlierExportIsReplacedAndAnythingElseIsLeftAlone() throws IOException {
    SavedModel first = SampleModels.with(Activation.RELU, Activation.SOFTMAX, 1);
    SavedModel second = SampleModels.with(Activation.TANH, Activation.LINEAR, 1);
    TensorFlowJsFile.write(model(), first, ExportSpec.named("first"));
    TensorFlowJsFile.write(model(), second, ExportSpec.named("second"));
    assertThat(TensorFlowJsFile.read(model()).model().spec().outputLayer().activation())
        .isEqualTo(Activation.LINEAR);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(model());
    }
    Path precious = Files.writeString(model().resolve("thesis.txt"), "precious");
    assertThatThrownBy(() -> TensorFlowJsFile.write(model(), first, ExportSpec.named("first")))
        .hasMessageContaining("holds thesis.txt, a new folder is needed");
    assertThat(precious).hasContent("precious");
    assertThatThrownBy(() -> TensorFlowJsFile.requireWritable(precious))
        .hasMessageContaining("is no folder");
    assertThatThrownBy(() -> TensorFlowJsFile.requireWritable(precious.resolve("below")))
        .hasMessageContaining("cannot be written");
    Path deep = folder.resolve("a/b/model");
    TensorFlowJsFile.write(deep, first, ExportSpec.named("first"));
    assertThat(TensorFlowJsFile.read(deep.resolve("model.json")).model().spec().inputs())
        .isEqualTo(SampleModels.INPUTS);
  }

  @Test
  void aBrokenWriteLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFolder.write(
                    model(),
                    java.util.Map.of(
                        "half",
                        channel -> {
                          channel.write(ByteBuffer.wrap(new byte[9]));
                          throw new IOException("disk full");
                        }),
                    name -> true))
        .hasMessage("disk full");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void classNamesMustFitTheOutputs() {
    ExportSpec wrong = new ExportSpec("x", "numbers", 1, List.of("one"));
    SavedModel saved = SampleModels.with(Activation.RELU, Activation.SOFTMAX, 1);
    assertThatThrownBy(() -> TensorFlowJsFile.write(model(), saved, wrong))
        .hasMessageContaining("1 class names were given, the network has 3 outputs");
    assertThatThrownBy(() -> new ExportSpec("x", "", 1, List.of("a", "a")))
        .hasMessageContaining("differ");
    assertThatThrownBy(() -> new ExportSpec(" ", "", 1, List.of())).hasMessageContaining("name");
    assertThatThrownBy(() -> new ExportSpec("x", "", 0, List.of()))
        .hasMessageContaining("inputScale");
  }

  // Files of others. The network has two inputs, one hidden unit 2a - b + 0.5 and outputs 3h and
  // -h.

  private static final String HIDDEN =
      "{\"class_name\":\"Dense\",\"config\":{\"name\":\"h\",\"units\":1,\"activation\":\"%s\","
          + "\"use_bias\":true,\"batch_input_shape\":[null,2],\"dtype\":\"float32\"}}";
  private static final String OUTPUT =
      "{\"class_name\":\"Dense\",\"config\":{\"name\":\"o\",\"units\":2,\"activation\":\"linear\","
          + "\"use_bias\":false,\"kernel_regularizer\":null}}";
  private static final String MANIFEST =
      "[{\"paths\":[\"w.bin\"],\"weights\":["
          + "{\"name\":\"h/kernel\",\"shape\":[2,1],\"dtype\":\"float32\"},"
          + "{\"name\":\"h/bias\",\"shape\":[1],\"dtype\":\"float32\"},"
          + "{\"name\":\"o/kernel\",\"shape\":[1,2],\"dtype\":\"float32\"}]}]";

  private static final float[] NUMBERS = {2, -1, 0.5f, 3, -1};

  private static ByteBuffer floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.flip();
  }

  private void files(String layers, String manifest) throws IOException {
    topology(
        "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
            + layers
            + "]},\"keras_version\":\"2.4.0\",\"backend\":\"tensorflow\"}",
        manifest);
  }

  private void topology(String topology, String manifest) throws IOException {
    Files.createDirectories(model());
    Files.writeString(
        model().resolve("model.json"),
        "{\"format\":\"layers-model\",\"generatedBy\":\"keras v2.4.0\",\"convertedBy\":null,"
            + "\"modelTopology\":"
            + topology
            + ",\"weightsManifest\":"
            + manifest
            + "}");
    Files.write(model().resolve("w.bin"), floats(NUMBERS).array());
  }

  private float[] predict(float a, float b) throws IOException {
    return new Predictor(TensorFlowJsFile.read(model()).model()).predict(new float[] {a, b});
  }

  /** At a = 1, b = 4 the hidden sum is -1.5; at a = 1, b = 1 it is 1.5. */
  @Test
  void modelsOfOthersAreRead() throws IOException {
    files(HIDDEN.formatted("relu") + "," + OUTPUT, MANIFEST);
    assertThat(predict(1, 1)).containsExactly(4.5f, -1.5f);
    assertThat(predict(1, 4)).containsExactly(0, 0);
    assertThat(TensorFlowJsFile.read(model()).provenance().producer()).isEqualTo("keras v2.4.0");
  }

  @Test
  void activationsMayBeLayers() throws IOException {
    String[][] cases = {
      {"{\"class_name\":\"Activation\",\"config\":{\"name\":\"a\",\"activation\":\"relu\"}}", "0"},
      {"{\"class_name\":\"ReLU\",\"config\":{\"name\":\"a\",\"max_value\":null}}", "0"},
      {"{\"class_name\":\"LeakyReLU\",\"config\":{\"name\":\"a\",\"alpha\":0.1}}", "-0.15"},
      {"{\"class_name\":\"LeakyReLU\",\"config\":{\"name\":\"a\"}}", "-0.45"},
      {"{\"class_name\":\"LeakyReLU\",\"config\":{\"name\":\"a\",\"negative_slope\":0.2}}", "-0.3"},
      {"{\"class_name\":\"ELU\",\"config\":{\"name\":\"a\"}}", "-0.77686984"},
      {"{\"class_name\":\"ELU\",\"config\":{\"name\":\"a\",\"alpha\":0.5}}", "-0.38843492"},
      {
        "{\"class_name\":\"Activation\",\"config\":{\"name\":\"a\",\"activation\":\"swish\"}}",
        "-0.27363814"
      },
      {"{\"class_name\":\"Dropout\",\"config\":{\"name\":\"a\",\"rate\":0.5}}", "-1.5"},
    };
    int checked = 0;
    for (String[] c : cases) {
      files(HIDDEN.formatted("linear") + "," + c[0] + "," + OUTPUT, MANIFEST);
      float hidden = Float.parseFloat(c[1]);
      assertThat(predict(1, 4))
          .as(c[0])
          .containsExactly(new float[] {3 * hidden, -hidden}, within(1e-5f));
      checked++;
    }
    assertThat(checked).isEqualTo(9);
    assertThat(TensorFlowJsFile.read(model()).model().spec().layers().get(1))
        .isEqualTo(new DropoutSpec(0.5f));
  }

  @Test
  void everyFormOfATopologyIsRead() throws IOException {
    String layers = HIDDEN.formatted("relu") + "," + OUTPUT;
    String hidden = HIDDEN.formatted("relu").replace("\"batch_input_shape\":[null,2],", "");
    String[] forms = {
      "{\"class_name\":\"Sequential\",\"config\":[" + layers + "]}",
      "{\"keras_version\":\"2.4.0\",\"model_config\":{\"class_name\":\"Sequential\",\"config\":"
          + "{\"layers\":["
          + layers
          + "]}},\"training_config\":{\"loss\":\"mse\"}}",
      "{\"class_name\":\"Sequential\",\"config\":[{\"class_name\":\"InputLayer\",\"config\":"
          + "{\"name\":\"i\",\"batch_input_shape\":[null,2]}},"
          + hidden
          + ","
          + OUTPUT
          + "]}",
      "{\"class_name\":\"Sequential\",\"config\":[{\"class_name\":\"Flatten\",\"config\":"
          + "{\"name\":\"f\",\"batch_input_shape\":[null,2,1]}},"
          + hidden
          + ","
          + OUTPUT
          + "]}",
      "{\"class_name\":\"Sequential\",\"config\":[{\"class_name\":\"InputLayer\",\"config\":"
          + "{\"name\":\"i\",\"batch_shape\":[null,1,2]}},"
          + "{\"class_name\":\"Flatten\",\"config\":{\"name\":\"f\"}},"
          + hidden
          + ","
          + OUTPUT
          + "]}",
    };
    int checked = 0;
    for (String form : forms) {
      topology(form, MANIFEST);
      assertThat(predict(1, 1)).as(form).containsExactly(4.5f, -1.5f);
      checked++;
    }
    assertThat(checked).isEqualTo(5);
  }

  @Test
  void weightsMayStandInGroupsAndShards() throws IOException {
    files(
        HIDDEN.formatted("relu") + "," + OUTPUT,
        "[{\"paths\":[\"o.bin\"],\"weights\":[{\"name\":\"scope/o/kernel\",\"shape\":[1,2],"
            + "\"dtype\":\"float32\"}]},"
            + "{\"paths\":[\"h1.bin\",\"./h2.bin\",\"h3.bin\"],\"weights\":["
            + "{\"name\":\"h/bias:0\",\"shape\":[1],\"dtype\":\"float32\"},"
            + "{\"name\":\"optimizer/h/kernel\",\"shape\":[2],\"dtype\":\"float32\"},"
            + "{\"name\":\"h/kernel\",\"shape\":[2,1],\"dtype\":\"float32\"}]}]");
    byte[] hidden = floats(0.5f, 7, 7, 2, -1).array();
    Files.write(model().resolve("o.bin"), floats(3, -1).array());
    Files.write(model().resolve("h1.bin"), java.util.Arrays.copyOfRange(hidden, 0, 3));
    Files.write(model().resolve("h2.bin"), new byte[0]);
    Files.write(model().resolve("h3.bin"), java.util.Arrays.copyOfRange(hidden, 3, 20));
    assertThat(predict(1, 1)).containsExactly(4.5f, -1.5f);
  }

  @Test
  void quantisedWeightsAreRead() throws IOException {
    files(
        HIDDEN.formatted("relu") + "," + OUTPUT,
        "[{\"paths\":[\"q.bin\"],\"weights\":["
            + "{\"name\":\"h/kernel\",\"shape\":[2,1],\"dtype\":\"float32\",\"quantization\":"
            + "{\"dtype\":\"uint8\",\"scale\":0.5,\"min\":-1,\"original_dtype\":\"float32\"}},"
            + "{\"name\":\"h/bias\",\"shape\":[1],\"dtype\":\"float32\",\"quantization\":"
            + "{\"dtype\":\"float16\",\"original_dtype\":\"float32\"}},"
            + "{\"name\":\"o/kernel\",\"shape\":[1,2],\"dtype\":\"float32\",\"quantization\":"
            + "{\"dtype\":\"uint16\",\"scale\":0.0078125,\"min\":-509}}]}]");
    // 2 = 6 / 2 - 1 and -1 = 0 / 2 - 1; the half 0x3800 is 0.5; 3 = 65536 / 128 - 509, so 65535
    // codes 2.9921875, and -1 = 65024 / 128 - 509.
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 6).put((byte) 0);
    bytes.putShort((short) 0x3800).putShort((short) 65535).putShort((short) 65024);
    Files.write(model().resolve("q.bin"), bytes.array());
    assertThat(predict(1, 1)).containsExactly(1.5f * 2.9921875f, -1.5f);
  }

  /** Halves of every kind, against the values of their definition. */
  @Test
  void halvesAreReadExactly() throws IOException {
    int[] bits = {0x0000, 0x8000, 0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x03FF, 0x3555};
    float[] values = {
      0f, -0f, 1f, -2f, 65504f, 0x1p-14f, 0x1p-24f, 1023 * 0x1p-24f, 1365 * 0x1p-12f
    };
    String layer =
        "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":1,\"use_bias\":false,"
            + "\"batch_input_shape\":[null,9]}}";
    files(
        layer,
        "[{\"paths\":[\"h.bin\"],\"weights\":[{\"name\":\"d/kernel\",\"shape\":[9,1],"
            + "\"dtype\":\"float32\",\"quantization\":{\"dtype\":\"float16\"}}]}]");
    ByteBuffer bytes = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    for (int b : bits) {
      bytes.putShort((short) b);
    }
    Files.write(model().resolve("h.bin"), bytes.array());
    Model read = TensorFlowJsFile.read(model()).model();
    assertThat(read.kernel(0).value().data).containsExactly(values);
    bytes.putShort(0, (short) 0x7C00).putShort(2, (short) 0xFC00).putShort(4, (short) 0x7E00);
    Files.write(model().resolve("h.bin"), bytes.array());
    assertThat(TensorFlowJsFile.read(model()).model().kernel(0).value().data)
        .startsWith(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN);
  }

  private void assertRefused(String... messages) {
    for (String message : messages) {
      assertThatThrownBy(() -> TensorFlowJsFile.read(model()))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(model().resolve("model.json").toString())
          .hasMessageContaining(message);
    }
  }

  @Test
  void otherLayersAreRefusedByName() throws IOException {
    String hidden = HIDDEN.formatted("relu");
    String[][] cases = {
      {"{\"class_name\":\"Conv2D\",\"config\":{\"name\":\"c7\"}}", "layer \"c7\" (Conv2D)"},
      {"{\"class_name\":\"BatchNormalization\",\"config\":{\"name\":\"bn\"}}", "layer \"bn\""},
      {
        "{\"class_name\":\"Activation\",\"config\":{\"name\":\"a\",\"activation\":\"tanh\"}}",
        "layer \"a\" (Activation) cannot be read: it does not follow a dense layer without"
      },
      {"{\"class_name\":\"Flatten\",\"config\":{\"name\":\"f\"}}", "stands behind other layers"},
      {"{\"class_name\":\"Dropout\",\"config\":{\"name\":\"d\",\"rate\":1}}", "its rate is 1"},
      {"{\"class_name\":\"Dropout\",\"config\":{\"name\":\"d\"}}", "layer \"d\" (Dropout)"},
      {"{\"class_name\":\"Dense\",\"config\":{\"name\":\"h\",\"units\":1}}", "has the name \"h\""},
      {"{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":0}}", "has 0 units"},
      {"{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":1.5}}", "units are 1.5"},
      {
        "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":3,"
            + "\"activation\":\"hardest\"}}",
        "hardest"
      },
      {
        "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":3,"
            + "\"activation\":\"leaky_relu\"}}",
        "its activation is \"leaky_relu\""
      },
      {
        "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":3,"
            + "\"activation\":\"softmax\"}}",
        "softmax must be in the last layer"
      },
      {"{\"class_name\":\"LeakyReLU\",\"config\":{\"name\":\"l\",\"alpha\":-1}}", "slope"},
      {"{\"class_name\":\"ReLU\",\"config\":{\"name\":\"r\",\"max_value\":6}}", "max(x, 0)"},
      {"{\"class_name\":\"Softmax\",\"config\":{\"name\":\"s\",\"axis\":0}}", "axis is 0"},
      {"7", "has the name \"\""},
    };
    int checked = 0;
    for (String[] c : cases) {
      files(hidden + "," + c[0] + "," + OUTPUT, MANIFEST);
      assertRefused(c[1]);
      checked++;
    }
    assertThat(checked).isEqualTo(16);
    files(OUTPUT, MANIFEST);
    assertRefused("layer \"o\" has the input shape none");
    files("", MANIFEST);
    assertRefused("no \"layers\"");
    topology("{\"class_name\":\"Functional\",\"config\":{}}", MANIFEST);
    assertRefused("\"Functional\", needed is \"Sequential\"");
    topology("null", MANIFEST);
    assertRefused("not there");
  }

  @Test
  void manifestsThatDoNotFitAreRefused() throws IOException {
    String layers = HIDDEN.formatted("relu") + "," + OUTPUT;
    Files.write(folder.resolve("outside.bin"), floats(NUMBERS).array());
    Files.createDirectories(model());
    Files.createSymbolicLink(model().resolve("link.bin"), folder.resolve("outside.bin"));
    Files.createDirectories(model().resolve("dir.bin"));
    String[][] cases = {
      {"\"w.bin\"", "\"../outside.bin\"", "needed is the name of a file in the model's folder"},
      {"\"w.bin\"", "\"a/../../outside.bin\"", "in the model's folder"},
      {"\"w.bin\"", "\"" + folder.resolve("outside.bin") + "\"", "in the model's folder"},
      {"\"w.bin\"", "\"..\\\\outside.bin\"", "in the model's folder"},
      {"\"w.bin\"", "\"w\\u0000.bin\"", "in the model's folder"},
      {"\"w.bin\"", "\"link.bin\"", "is not in the model's folder"},
      {"\"w.bin\"", "\"dir.bin\"", "is not in the model's folder"},
      {"\"w.bin\"", "\"none.bin\"", "is not in the model's folder"},
      {"\"w.bin\"", "\"\"", "needed is the name"},
      {"\"w.bin\"", "\".\"", "needed is the name"},
      {"\"w.bin\"", "7", "needed is the name"},
      {"\"w.bin\"", "\"w.bin\",\"./w.bin\"", "is named twice"},
      {"[2,1]", "[1,2]", "the weight \"h/kernel\" of shape [2, 1] is needed, received [1, 2]"},
      {"[2,1]", "[2,2]", "need 28 bytes, its files have 20"},
      {"[2,1]", "[99999999,99999999]", "bytes, its files have 20"},
      {"[2,1]", "[-2,-1]", "the weight \"h/kernel\" has the shape"},
      {"[2,1]", "[\"NaN\"]", "the weight \"h/kernel\" has the shape"},
      {"[2,1]", "[1e0]", "the weight \"h/kernel\" has the shape"},
      {"[2,1]", "[NaN]", "no valid JSON"},
      {"float32", "int32", "the dtype \"int32\""},
      {
        "\"dtype\":\"float32\"},{\"name\":\"h/b",
        "\"dtype\":\"float32\",\"quantization\":" + "{\"dtype\":\"uint8\"}},{\"name\":\"h/b",
        "quantization {\"dtype\":\"uint8\"}"
      },
      {"h/bias", "h/kernel", "two weights \"h/kernel\""},
      {"h/bias", "h/gamma", "\"h/bias\" of shape [1] is needed, received none"},
    };
    int checked = 0;
    for (String[] c : cases) {
      files(layers, MANIFEST.replace(c[0], c[1]));
      assertRefused(c[2]);
      checked++;
    }
    assertThat(checked).isEqualTo(23);
    files(layers, "7");
    assertRefused("\"weightsManifest\" is needed");
    files(layers.replace("\"use_bias\":true", "\"use_bias\":false"), MANIFEST);
    assertRefused("no layer has a place for the weight \"h/bias\"");
  }

  @Test
  void otherJsonIsRefused() throws IOException {
    Files.createDirectories(model());
    Path json = model().resolve("model.json");
    String[][] cases = {
      {"[]", "no JSON object"},
      {"{", "no valid JSON"},
      {"{\"format\":\"graph-model\"}", "needed is \"layers-model\""},
      {"{\"a\":1,\"a\":2}", "Duplicate field"},
      {"{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}", "no valid JSON"},
      {"{\"a\":[" + "[],".repeat(100_000) + "[]]}", "no valid JSON"},
      {"{\"a\":1" + " ".repeat(5 << 20) + "}", "at most 4,194,304 are read"},
      {
        "{\"userDefinedMetadata\":{\"format\":\"neurite-tfjs 2\"}}",
        "a newer version of the program may read it"
      },
    };
    int checked = 0;
    for (String[] c : cases) {
      Files.writeString(json, c[0]);
      assertRefused(c[1]);
      checked++;
    }
    assertThat(checked).isEqualTo(8);
  }
}
