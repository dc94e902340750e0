package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.nn.model.Activation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of which each byte asks for many bytes of memory. */
class InflatedFileTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  private static byte[] safetensors(String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private static String manyTensors() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; header.length() < 4 * MEGABYTE; i++) {
      header.append(i == 0 ? "" : ",");
      header.append("\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(i));
    }
    return header.append('}').toString();
  }

  /** A graph (field 7) of nothing but empty nodes (field 1), initializers (5) or texts. */
  private static byte[] onnx(int graphField, byte... field) {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    while (fields.size() < 4 * MEGABYTE) {
      fields.writeBytes(field);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {8, 7});
    if (graphField > 0) {
      file.write(graphField << 3 | 2);
      for (int rest = fields.size(); rest > 0; rest >>= 7) {
        file.write(rest & 0x7F | (rest > 0x7F ? 0x80 : 0));
      }
    }
    file.writeBytes(fields.toByteArray());
    return file.toByteArray();
  }

  @Test
  void theyAreRefusedForLittle() throws IOException {
    String lists = "{\"a\":[" + "[],".repeat(4 * MEGABYTE / 3 - 10) + "[]]}";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("lists in safetensors", safetensors(lists));
    files.put("lists of lists in texts", safetensors("{\"__metadata__\":" + lists + "}"));
    files.put("many tensors", safetensors(manyTensors()));
    files.put("a header of blanks", safetensors("{" + " ".repeat(4 * MEGABYTE) + "}"));
    files.put("lists in model.json", lists.getBytes(StandardCharsets.UTF_8));
    files.put(
        "a number of digits",
        ("{\"a\":" + "9".repeat(MEGABYTE) + "}").getBytes(StandardCharsets.UTF_8));
    files.put("nodes", onnx(7, (byte) (1 << 3 | 2), (byte) 0));
    files.put("initializers", onnx(7, (byte) (5 << 3 | 2), (byte) 0));
    files.put("values", onnx(7, (byte) (11 << 3 | 2), (byte) 0));
    files.put("unknown fields", onnx(7, (byte) (15 << 3 | 2), (byte) 0));
    files.put("texts", onnx(0, (byte) (14 << 3 | 2), (byte) 0));
    files.put("operator sets", onnx(0, (byte) (8 << 3 | 2), (byte) 0));
    files.put("groups in groups", onnx(0, (byte) (1 << 3 | 3)));
    Path file = folder.resolve("inflated");
    int checked = 0;
    for (Map.Entry<String, byte[]> inflated : files.entrySet()) {
      Files.write(file, inflated.getValue());
      ReaderRules.Reading reading =
          path -> AnyModelFile.read(path, Activation.RELU, Activation.SOFTMAX);
      if (checked == 0) {
        ReaderRules.warmUp(file, reading);
      }
      assertThat(
              ReaderRules.isRefused(inflated.getKey(), file, inflated.getValue().length, reading))
          .as(inflated.getKey())
          .isTrue();
      checked++;
    }
    assertThat(checked).isEqualTo(13);
  }

  /** A small file whose weights a hostile manifest lists again and again. */
  @Test
  void theSameWeightsCannotBeReadManyTimes() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[4000]);
    StringBuilder paths = new StringBuilder("\"w.bin\"");
    for (int i = 0; i < 10_000; i++) {
      paths.append(",\"").append("./".repeat(i % 9 + 1)).append("w.bin\"");
    }
    String json =
        "{\"modelTopology\":{\"class_name\":\"Sequential\",\"config\":[{\"class_name\":\"Dense\","
            + "\"config\":{\"name\":\"d\",\"units\":10000,\"use_bias\":false,"
            + "\"batch_input_shape\":[null,1000]}}]},\"weightsManifest\":[{\"paths\":["
            + paths
            + "],\"weights\":[{\"name\":\"d/kernel\",\"shape\":[1000,10000],"
            + "\"dtype\":\"float32\"}]}]}";
    Path file = Files.writeString(folder.resolve("model.json"), json);
    assertThat(
            ReaderRules.isRefused(
                "paths", file, json.length() + 4000, path -> TensorFlowJsFile.read(path)))
        .isTrue();
  }
}
