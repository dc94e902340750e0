package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.Blobs;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingListener;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files whose kernels are mostly zeros, and files of 16-bit floats. */
class SparseModelFileTest {
  private static final Provenance PROVENANCE =
      new Provenance("neurite test", "2026-01-02T03:04:05Z", "blobs", "plain", 2);

  /** Share of the dense file that a model with 90 % of zeros may take. */
  private static final double LARGEST_SHARE = 0.16;

  /** Largest rounding of a number in binary16, relative. */
  private static final double HALF_ROUNDOFF = 0x1p-11;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.safetensors");
  }

  private static final ModelSpec SPEC =
      ModelSpec.inputs(100).dense(80, Activation.RELU).output(10, Activation.SOFTMAX);

  private static Model pruned(ModelSpec spec, double sparsity) {
    Random random = new Random(3);
    Model model = Model.create(spec, 1);
    for (int layer = 0; layer < spec.denseLayers().size(); layer++) {
      float[] weights = model.kernel(layer).value().data;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextDouble() < sparsity ? 0 : weights[i];
      }
      model.bias(layer).value().fill(0.1f);
    }
    return model;
  }

  private void write(Model model, FloatFormat format) throws IOException {
    ModelFile.write(file, new SavedModel(model, null, PROVENANCE), format);
  }

  private static JsonNode header(byte[] bytes) throws IOException {
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new ObjectMapper().readTree(new String(bytes, 8, length, StandardCharsets.UTF_8));
  }

  private String format() throws IOException {
    return header(Files.readAllBytes(file)).get("__metadata__").get("format").asText();
  }

  @Test
  void aModelWithNineTenthsOfZerosTakesAnEighthAndComesBackToTheBit() throws IOException {
    ModelSpec wide =
        ModelSpec.inputs(784)
            .dense(512, Activation.RELU)
            .dense(512, Activation.RELU)
            .output(10, Activation.SOFTMAX);
    write(Model.create(wide, 1), FloatFormat.FLOAT32);
    long dense = Files.size(file);
    assertThat(format()).isEqualTo("neurite-model 1");
    Model model = pruned(wide, 0.9);
    model.kernel(0).value().data[17] = -0f;
    model.kernel(1).value().data[18] = Float.intBitsToFloat(0x7FC0_1234);
    write(model, FloatFormat.FLOAT32);
    assertThat(Files.size(file)).isLessThan((long) (LARGEST_SHARE * dense));
    assertThat(format()).isEqualTo("neurite-model 2");
    Model read = ModelFile.read(file).model();
    assertThat(read.spec()).isEqualTo(wide);
    assertThat(Blobs.bits(read)).isEqualTo(Blobs.bits(model));
  }

  @Test
  void anyShareOfZerosComesBackToTheBit() throws IOException {
    int compressed = 0;
    for (double sparsity : new double[] {0, 0.1, 0.25, 0.5, 0.9, 0.99, 1}) {
      Model model = pruned(SPEC, sparsity);
      write(model, FloatFormat.FLOAT32);
      assertThat(Blobs.bits(ModelFile.read(file).model())).isEqualTo(Blobs.bits(model));
      assertThat(Files.size(file)).isLessThan(4L * SPEC.parameterCount() + 2048);
      compressed += format().equals("neurite-model 2") ? 1 : 0;
    }
    assertThat(compressed).isEqualTo(4);
  }

  /** A reader written from the package documentation alone finds the kernel. */
  @Test
  void theFileIsSafetensorsAndReadsAsDocumented() throws IOException {
    Model model = pruned(SPEC, 0.95);
    write(model, FloatFormat.FLOAT32);
    byte[] bytes = Files.readAllBytes(file);
    JsonNode header = header(bytes);
    assertThat(header.has("dense1.kernel")).isFalse();
    assertThat(header.get("dense1.bias").get("dtype").asText()).isEqualTo("F32");
    JsonNode shapes =
        new ObjectMapper()
            .readTree(header.get("__metadata__").get("compressed").asText())
            .get("shapes");
    assertThat(shapes.get("dense1.kernel").toString()).isEqualTo("[100,80]");
    JsonNode gaps = header.get("dense1.kernel.gaps");
    JsonNode values = header.get("dense1.kernel.values");
    assertThat(gaps.get("dtype").asText()).isEqualTo("U8");
    assertThat(values.get("dtype").asText()).isEqualTo("F32");
    int start = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int gapAt = start + gaps.get("data_offsets").get(0).asInt();
    int valueAt = start + values.get("data_offsets").get(0).asInt();
    assertThat(valueAt % 4).isZero();
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] dense = new float[8000];
    int at = 0;
    int value = 0;
    for (int i = 0; i < gaps.get("shape").get(0).asInt(); i++) {
      int code = bytes[gapAt + i] & 0xFF;
      at += code;
      if (code < 255) {
        dense[at++] = data.getFloat(valueAt + 4 * value++);
      }
    }
    assertThat(value).isEqualTo(values.get("shape").get(0).asInt()).isPositive();
    assertThat(dense).isEqualTo(model.kernel(0).value().data);
    int covered = 0;
    for (JsonNode entry : header) {
      if (entry.has("data_offsets")) {
        covered += entry.get("data_offsets").get(1).asInt();
        covered -= entry.get("data_offsets").get(0).asInt();
      }
    }
    assertThat(covered).isEqualTo(bytes.length - start);
  }

  /** Replaces the header's compressed shapes, or the name of a tensor. */
  private byte[] withHeader(byte[] bytes, String from, String to) throws IOException {
    JsonNode header = header(bytes);
    String text = header.toString().replace(from, to);
    assertThat(text).isNotEqualTo(header.toString());
    int start = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + bytes.length - start)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(bytes, start, bytes.length - start)
        .array();
  }

  private void assertRefused(byte[] bytes, String problem) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void headersThatDoNotFitTheTensorsAreRefused() throws IOException {
    write(pruned(SPEC, 0.95), FloatFormat.FLOAT32);
    byte[] good = Files.readAllBytes(file);
    String shape = "\\\"dense1.kernel\\\":[100,80]";
    assertRefused(
        withHeader(good, shape, "\\\"dense1.kernel\\\":[100,800]"), "gaps and values for");
    assertRefused(
        withHeader(good, shape, "\\\"dense1.kernel\\\":[65536,65536]"), "gaps and values for");
    assertRefused(withHeader(good, shape, "\\\"dense1.kernel\\\":[-1]"), "gaps and values for");
    assertRefused(
        withHeader(good, shape, "\\\"dense1.kernel\\\":[80,100]"),
        "of shape [100, 80] is needed, received [80, 100]");
    assertRefused(
        withHeader(good, shape, "\\\"dense1.bias\\\":[80]"), "\"dense1.bias\" needs a list");
    assertRefused(withHeader(good, "\\\"shapes\\\"", "\\\"forms\\\""), "\"compressed\"");
    assertRefused(
        withHeader(good, "\"dense1.kernel.gaps\"", "\"dense1.kernel.holes\""), "needs a list");
    assertRefused(
        withHeader(good, "{\"dtype\":\"U8\"", "{\"dtype\":\"U9\""),
        "needed is F32, F16, BF16 or U8");
    assertRefused(
        withHeader(good, "\"neurite-model 2\"", "\"neurite-model 3\""),
        "this version reads \"neurite-model 1\" to \"neurite-model 2\"");
  }

  @Test
  void changedBytesAreRefusedOrReadRightAndNeverTakeMuchMemory() throws IOException {
    write(pruned(SPEC, 0.95), FloatFormat.FLOAT32);
    byte[] good = Files.readAllBytes(file);
    ModelFile.read(file); // what is loaded once for all files does not count
    int start = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(8);
    int refused = 0;
    int read = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] bad = good.clone();
      int from = i % 2 == 0 ? start : 0; // half of the changes in the data
      for (int flips = 0; flips < 1 + i % 4; flips++) {
        bad[from + random.nextInt(bad.length - from)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bad);
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      try {
        assertThat(ModelFile.read(file).model().spec().parameterCount()).isPositive();
        read++;
      } catch (ModelFormatException e) {
        refused++;
      }
      long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      assertThat(taken).isLessThan(3L * 4 * SPEC.parameterCount() + (4 << 20));
    }
    assertThat(refused).isGreaterThan(100);
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void sixteenBitsHalveTheFileAndRoundEachNumber() throws IOException {
    int checked = 0;
    for (double sparsity : new double[] {0, 0.9}) {
      Model model = pruned(SPEC, sparsity);
      write(model, FloatFormat.FLOAT32);
      long full = Files.size(file);
      write(model, FloatFormat.FLOAT16);
      assertThat((double) Files.size(file)).isLessThan((sparsity == 0 ? 0.55 : 0.8) * full);
      assertThat(format()).isEqualTo("neurite-model 2");
      Model read = ModelFile.read(file).model();
      for (int p = 0; p < 4; p++) {
        float[] expected = model.parameters().get(p).value().data;
        float[] received = read.parameters().get(p).value().data;
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) received[i])
              .isCloseTo(
                  expected[i], within(Math.max(0x1p-25, HALF_ROUNDOFF * Math.abs(expected[i]))));
          checked++;
        }
      }
      // What was read is exact in 16 bits: another round changes nothing.
      write(read, FloatFormat.FLOAT16);
      assertThat(Blobs.bits(ModelFile.read(file).model())).isEqualTo(Blobs.bits(read));
    }
    assertThat(checked).isEqualTo(2 * SPEC.parameterCount());
  }

  @Test
  void aValueTooLargeForSixteenBitsIsRefusedBeforeWriting() {
    Model model = Model.zeros(SPEC);
    model.kernel(1).value().data[3] = -65520;
    assertThatThrownBy(() -> write(model, FloatFormat.FLOAT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dense2.kernel[3] is -65520.0, a 16-bit float is at most 65504.0");
    assertThat(file).doesNotExist();
  }

  @Test
  void aKeptWeightThatSixteenBitsRoundToZeroStaysKept() throws IOException {
    Model model = pruned(SPEC, 0.5);
    Parameter kernel = model.kernel(0);
    Mask mask = Mask.ofNonZero(kernel.value());
    kernel.prune(mask);
    int changed = 0;
    for (int i = 0; changed < 100; i++) {
      if (mask.keeps(i)) {
        kernel.value().data[i] = changed++ % 2 == 0 ? 1e-9f : -1e-9f;
      }
    }
    write(model, FloatFormat.FLOAT16);
    Mask read = ModelFile.read(file).model().kernel(0).mask();
    assertThat(read).isNotNull();
    assertThat(read.kept()).isEqualTo(mask.kept()).isLessThan(kernel.size());
    assertThat(read.isWithin(mask)).isTrue();
  }

  @Test
  void sixteenBitsCostATrainedNetworkAlmostNoAccuracy() throws IOException {
    DataSplit data = Blobs.split(300, 50, 200);
    Model model = Model.create(Blobs.network(), 5);
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      new Trainer(model, TrainingSpec.classifier(5), data, engine)
          .run(new TrainingControl(), TrainingListener.NONE);
      write(model, FloatFormat.FLOAT16);
      Model half = ModelFile.read(file).model();
      assertThat(Blobs.bits(half)).isNotEqualTo(Blobs.bits(model));
      float[] row = new float[model.spec().inputs()];
      int same = 0;
      for (int i = 0; i < data.test().size(); i++) {
        data.test().copyFeatures(i, row, 0);
        float[] expected = new Predictor(model).predict(row);
        float[] received = new Predictor(half).predict(row);
        assertThat(received[0]).isCloseTo(expected[0], within(0.01f));
        same += Predictor.argMax(expected) == Predictor.argMax(received) ? 1 : 0;
      }
      assertThat(same).isGreaterThanOrEqualTo(data.test().size() - 2);
    }
  }

  /** A file of bfloat16, made by hand. */
  @Test
  void bfloat16IsRead() throws IOException {
    ModelSpec spec = ModelSpec.inputs(1).output(1, Activation.LINEAR);
    write(Model.zeros(spec), FloatFormat.FLOAT16);
    byte[] bytes = Files.readAllBytes(file);
    ObjectNode header = (ObjectNode) header(bytes);
    ((ObjectNode) header.get("dense1.bias")).put("dtype", "BF16");
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int at = header.get("dense1.bias").get("data_offsets").get(0).asInt();
    ByteBuffer changed = ByteBuffer.allocate(8 + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    changed.putLong(json.length).put(json);
    changed.putShort(8 + json.length + at, (short) 0xC049);
    Files.write(file, changed.array());
    assertThat(ModelFile.read(file).model().bias(0).value().get(0, 0)).isEqualTo(-3.140625f);
  }
}
