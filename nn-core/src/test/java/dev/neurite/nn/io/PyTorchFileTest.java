package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchFileTest {
  private static final float TOLERANCE = 1e-5f;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("torch.safetensors");
  }

  @Test
  void everyActivationComesBack() throws IOException {
    int checked = 0;
    for (Activation activation : SampleModels.hiddenActivations()) {
      SavedModel saved = SampleModels.with(activation, Activation.SIGMOID, 2);
      PyTorchFile.write(file(), saved, ExportSpec.named("x"));
      // Our own files say what stands between the layers: what is given here does not count.
      SavedModel read = PyTorchFile.read(file(), Activation.RELU, Activation.LINEAR);
      assertThat(SampleModels.outputs(read.model(), 10, 3))
          .as(activation.toString())
          .containsExactly(SampleModels.outputs(saved.model(), 10, 3), within(TOLERANCE));
      assertThat(read.provenance()).isEqualTo(SampleModels.PROVENANCE);
      checked++;
    }
    assertThat(checked).isEqualTo(Activation.Function.values().length + 1);
  }

  /** A reader written from the safetensors specification alone computes {@code x · Wᵀ + b}. */
  @Test
  void aReaderOfTheSpecificationPredictsTheSame() throws IOException {
    SavedModel saved = SampleModels.with(Activation.RELU, Activation.LINEAR, 3);
    PyTorchFile.write(file(), saved, ExportSpec.named("x"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[(int) bytes.getLong()];
    bytes.get(json);
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    JsonNode header = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
    assertThat(header.at("/__metadata__/format").asText()).isEqualTo("neurite-pytorch 1");
    List<String> names = new ArrayList<>();
    header.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "__metadata__",
            "fc1.weight",
            "fc1.bias",
            "fc2.weight",
            "fc2.bias",
            "fc3.weight",
            "fc3.bias");
    float[] input = SampleModels.inputs(1, SampleModels.INPUTS, 9);
    double[] x = new double[input.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = input[i];
    }
    for (int layer = 1; layer <= 3; layer++) {
      JsonNode weight = header.get("fc" + layer + ".weight");
      JsonNode bias = header.get("fc" + layer + ".bias");
      assertThat(weight.get("dtype").asText()).isEqualTo("F32");
      int out = weight.get("shape").get(0).asInt();
      assertThat(weight.get("shape").get(1).asInt()).isEqualTo(x.length);
      double[] y = new double[out];
      for (int i = 0; i < out; i++) {
        y[i] = data.getFloat(bias.get("data_offsets").get(0).asInt() + 4 * i);
        for (int j = 0; j < x.length; j++) {
          y[i] +=
              x[j]
                  * data.getFloat(
                      weight.get("data_offsets").get(0).asInt() + 4 * (i * x.length + j));
        }
        y[i] = layer < 3 ? Math.max(y[i], 0) : y[i];
      }
      x = y;
    }
    float[] ours = new Predictor(saved.model()).predict(input);
    assertThat(ours).hasSize(3);
    for (int i = 0; i < ours.length; i++) {
      assertThat((double) ours[i]).isCloseTo(x[i], within(1e-4));
    }
  }

  /** A file of tensors as PyTorch's users write it: names in any order, no metadata of ours. */
  private void write(String header, float... numbers) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + 4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    Files.write(file(), bytes.array());
  }

  private static String tensor(String name, String shape, int begin, int end) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, shape, 4 * begin, 4 * end);
  }

  /** h = relu(2a - b + 0.5), outputs 3h + 10 and -h + 20. */
  @Test
  void sequentialAndOtherNamesAreRead() throws IOException {
    int checked = 0;
    for (String prefix : List.of("fc", "", "net.", "layers.")) {
      // 10 stands before 2 in the alphabet, not among the numbers.
      write(
          "{\"__metadata__\":{\"format\":\"pt\"},"
              + String.join(
                  ",",
                  tensor(prefix + "10.bias", "[2]", 0, 2),
                  tensor(prefix + "10.weight", "[2,1]", 2, 4),
                  tensor(prefix + "2.bias", "[1]", 4, 5),
                  tensor(prefix + "2.weight", "[1,2]", 5, 7))
              + "}",
          10,
          20,
          3,
          -1,
          0.5f,
          2,
          -1);
      Model model = PyTorchFile.read(file(), Activation.RELU, Activation.LINEAR).model();
      assertThat(model.spec())
          .isEqualTo(ModelSpec.inputs(2).dense(1, Activation.RELU).output(2, Activation.LINEAR));
      assertThat(new Predictor(model).predict(new float[] {1, 1})).containsExactly(14.5f, 18.5f);
      assertThat(new Predictor(model).predict(new float[] {1, 4})).containsExactly(10, 20);
      checked++;
    }
    assertThat(checked).isEqualTo(4);
    assertThat(AnyModelFile.format(file())).isEqualTo(AnyModelFile.Format.PYTORCH);
  }

  @Test
  void aMissingBiasIsZero() throws IOException {
    write("{" + tensor("fc1.weight", "[1,2]", 0, 2) + "}", 2, -1);
    Model model = PyTorchFile.read(file(), Activation.RELU, Activation.LINEAR).model();
    assertThat(new Predictor(model).predict(new float[] {5, 1})).containsExactly(9);
  }

  @Test
  void otherTensorsAreRefused() throws IOException {
    String[][] cases = {
      {"", "the file has no weights"},
      {tensor("conv.weight", "[1]", 0, 1), "tensor \"conv.weight\" cannot be placed"},
      {tensor("fc1.running_mean", "[1]", 0, 1), "tensor \"fc1.running_mean\" cannot be placed"},
      {tensor("fc1.weight", "[1]", 0, 1), "shape [1], needed is [out, in]"},
      {tensor("fc1.weight", "[1,1,1]", 0, 1), "needed is [out, in]"},
      {tensor("fc1.weight", "[0,1]", 0, 0), "has 0 units"},
      {tensor("fc1.bias", "[1]", 0, 1), "the file has no weights"},
      {
        tensor("fc1.weight", "[1,1]", 0, 1) + "," + tensor("fc01.weight", "[1,1]", 1, 2),
        "has the number of another"
      },
      {
        tensor("fc1.weight", "[1,1]", 0, 1) + "," + tensor("lin2.weight", "[1,1]", 1, 2),
        "needed are names such as \"fc1.weight\""
      },
      {
        tensor("fc1.weight", "[2,1]", 0, 2) + "," + tensor("fc2.weight", "[1,3]", 2, 5),
        "tensor \"fc2.weight\" has the shape [1, 3], needed is [1, 2]"
      },
      {
        tensor("fc1.weight", "[1,1]", 0, 1) + "," + tensor("fc1.bias", "[2]", 1, 3),
        "tensor \"fc1.bias\" has the shape [2], needed is [1]"
      },
      {
        tensor("fc1.weight", "[1,1]", 0, 1) + "," + tensor("fc2.bias", "[1]", 1, 2),
        "tensor \"fc2.bias\" belongs to no weight"
      },
      {"\"__metadata__\":{\"format\":\"neurite-pytorch 2\"}", "a newer version"},
      {"\"__metadata__\":{\"format\":\"neurite-model 1\"}", "needed is \"neurite-pytorch 1\""},
    };
    int checked = 0;
    for (String[] c : cases) {
      write("{" + c[0] + "}", new float[last(c[0])]);
      assertThatThrownBy(() -> PyTorchFile.read(file(), Activation.RELU, Activation.SOFTMAX))
          .as(c[0])
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining(c[1]);
      checked++;
    }
    assertThat(checked).isEqualTo(14);
  }

  /** Where the last tensor ends, in numbers. */
  private static int last(String header) {
    int at = header.lastIndexOf("data_offsets");
    return at < 0
        ? 0
        : Integer.parseInt(header.substring(header.indexOf(',', at) + 1, header.indexOf(']', at)))
            / 4;
  }
}
