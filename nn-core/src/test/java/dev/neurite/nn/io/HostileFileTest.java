package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.Blobs;
import dev.neurite.nn.train.EarlyStopping;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingSnapshot;
import dev.neurite.nn.train.TrainingSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Every reader against files that are cut, flipped, stretched, and lied to.
 *
 * <p>A thousand files for each reader, ten thousand and more with {@code
 * -Dneurite.fuzz.cases=10000}. A failure names its seed; {@code seed} alone makes the file.
 */
class HostileFileTest {
  private static final int CASES = Integer.getInteger("neurite.fuzz.cases", 1000);
  private static final int TRIES = 50;

  /** An odd number without a pattern, so that neighbouring tries share no seeds. */
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  private static Path folder = Path.of("");
  private static byte[] model = {};
  private static byte[] checkpoint = {};
  private static byte[] pytorch = {};
  private static byte[] onnx = {};
  private static byte[] topology = {};
  private static byte[] weights = {};
  private static byte[] label = {};
  private static Path libraryEntry = Path.of("");

  private final List<Long> seeds = new ArrayList<>();
  private int cases;
  private int refused;
  private boolean failed;

  @BeforeContainer
  static void samples() throws IOException {
    folder = Files.createTempDirectory("neurite-hostile");
    Path file = folder.resolve("sample");
    SavedModel saved = SampleModels.with(Activation.ELU, Activation.SOFTMAX, 2);
    ModelFile.write(file, saved);
    model = Files.readAllBytes(file);
    PyTorchFile.write(file, saved, ExportSpec.named("sample"));
    pytorch = Files.readAllBytes(file);
    OnnxFile.write(file, saved, ExportSpec.named("sample"));
    onnx = Files.readAllBytes(file);
    Path tfjs = folder.resolve("tfjs");
    TensorFlowJsFile.write(tfjs, saved, ExportSpec.named("sample"));
    topology = Files.readAllBytes(tfjs.resolve("model.json"));
    weights = Files.readAllBytes(tfjs.resolve("model.weights.bin"));
    ModelLibrary library = new ModelLibrary(folder.resolve("library"));
    String id = library.save("sample", saved).id();
    libraryEntry = folder.resolve("library/models").resolve(id);
    label = Files.readAllBytes(libraryEntry.resolve("entry.json"));
    CheckpointFile.write(file, snapshot(), SampleModels.PROVENANCE);
    checkpoint = Files.readAllBytes(file);
  }

  private static TrainingSnapshot snapshot() {
    TrainingSpec spec = TrainingSpec.classifier(3).withEarlyStopping(new EarlyStopping(2));
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      Trainer trainer =
          new Trainer(Model.create(Blobs.network(), 5), spec, Blobs.split(60, 20, 20), engine);
      TrainingControl control = new TrainingControl();
      trainer.run(
          control,
          event -> {
            if (event instanceof TrainingEvent.EpochCompleted) {
              control.cancel();
            }
          });
      return trainer.snapshot();
    }
  }

  @AfterContainer
  static void cleanUp() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  @BeforeProperty
  void begin() {
    seeds.clear();
    cases = 0;
    refused = 0;
    failed = false;
  }

  @AfterProperty
  void report() {
    System.out.printf(
        "fuzz: %,d files, %,d refused, first seeds %s%n",
        cases, refused, seeds.subList(0, Math.min(3, seeds.size())));
    if (failed) {
      return; // the failure itself is told; one from here would hide it
    }
    assertThat(cases).isGreaterThanOrEqualTo(CASES);
    // A reader that takes most corrupt files was not given corrupt files.
    assertThat(refused).isGreaterThan(cases / 3);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void models(@ForAll long seed) throws IOException {
    fuzz(seed, model, true, ModelFile::read);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void checkpoints(@ForAll long seed) throws IOException {
    fuzz(seed, checkpoint, true, CheckpointFile::read);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void pytorchFiles(@ForAll long seed) throws IOException {
    fuzz(seed, pytorch, true, file -> PyTorchFile.read(file, Activation.RELU, Activation.SOFTMAX));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void onnxFiles(@ForAll long seed) throws IOException {
    fuzz(seed, onnx, false, OnnxFile::read);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void filesOfAnyFormat(@ForAll long seed) throws IOException {
    fuzz(
        seed,
        List.of(model, pytorch, onnx, topology).get((int) Math.floorMod(seed, 4L)),
        true,
        file -> AnyModelFile.read(file, Activation.RELU, Activation.SOFTMAX));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void tensorFlowJsModels(@ForAll long seed) throws IOException {
    // What a path out of the folder would find: weights that fit.
    Files.write(folder.resolve("outside.bin"), weights);
    Path tfjs = folder.resolve("tfjs");
    Path json = tfjs.resolve("model.json");
    Path bin = tfjs.resolve("model.weights.bin");
    for (int i = 0; i < (CASES + TRIES - 1) / TRIES; i++) {
      long own = seed * 31 + i * SEED_STEP;
      Random random = new Random(own);
      boolean inWeights = random.nextInt(10) == 0;
      byte[] badJson = inWeights ? topology : corrupted(topology, true, random);
      byte[] badWeights = inWeights ? corrupted(weights, false, random) : weights;
      Files.write(json, badJson);
      Files.write(bin, badWeights);
      check(own, json, badJson.length + badWeights.length, file -> TensorFlowJsFile.read(file));
    }
  }

  /** One entry of a library is damaged: it is told, and nothing else happens. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void libraryEntries(@ForAll long seed) throws IOException {
    ModelLibrary library = new ModelLibrary(folder.resolve("library"));
    for (int i = 0; i < (CASES + TRIES - 1) / TRIES; i++) {
      long own = seed * 31 + i * SEED_STEP;
      Random random = new Random(own);
      boolean inLabel = random.nextBoolean();
      Path damaged = libraryEntry.resolve(inLabel ? "entry.json" : "model.safetensors");
      byte[] good = inLabel ? label : model;
      byte[] bad = corrupted(good, true, random);
      Files.write(damaged, bad);
      check(
          own,
          damaged,
          label.length + model.length + bad.length - good.length,
          file -> {
            ModelLibrary.Listing listing = library.list();
            assertThat(listing.entries().size() + listing.damaged().size()).isEqualTo(1);
            library.load(libraryEntry.getFileName().toString());
            if (!listing.damaged().isEmpty()) {
              throw new ModelFormatException(file.toString(), 0, listing.damaged().get(0));
            }
          });
      Files.write(damaged, good);
    }
  }

  private void fuzz(long seed, byte[] good, boolean json, ReaderRules.Reading reading)
      throws IOException {
    for (int i = 0; i < (CASES + TRIES - 1) / TRIES; i++) {
      long own = seed * 31 + i * SEED_STEP;
      byte[] bad = corrupted(good, json, new Random(own));
      Path file = folder.resolve("hostile");
      Files.write(file, bad);
      check(own, file, bad.length, reading);
    }
  }

  private void check(long seed, Path file, long size, ReaderRules.Reading reading)
      throws IOException {
    if (cases == 0) {
      ReaderRules.warmUp(file, reading);
    }
    seeds.add(seed);
    cases++;
    failed = true;
    refused += ReaderRules.isRefused("seed " + seed, file, size, reading) ? 1 : 0;
    failed = false;
  }

  private static final List<String> HOSTILE_VALUES =
      List.of(
          "NaN",
          "-1",
          "0",
          "1e999",
          "9223372036854775807",
          "-9223372036854775808",
          "99999999999999999999999999",
          "2147483648",
          "null",
          "true",
          "\"\"",
          "[]",
          "{}",
          "[null]",
          "[4294967296,4294967296]",
          "[1,2,3]",
          "\"../outside.bin\"",
          "[\"../outside.bin\"]",
          "[\"/etc/passwd\"]",
          "\"\\u0000\"",
          "\"dense1/kernel\"",
          "\"softmax\"",
          "\"neurite-model 99\"",
          "[".repeat(2000) + "]".repeat(2000),
          "{\"a\":".repeat(500) + "1" + "}".repeat(500),
          "\"" + "x".repeat(5000) + "\"",
          "1" + "0".repeat(3000));

  private static byte[] corrupted(byte[] good, boolean json, Random random) {
    byte[] bad = good;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bad.length > 16; i++) {
      bad = changed(bad, json, random);
    }
    return bad;
  }

  private static byte[] changed(byte[] good, boolean json, Random random) {
    int at = random.nextInt(good.length);
    int length = 1 + random.nextInt(Math.min(64, good.length - at));
    switch (random.nextInt(json ? 9 : 6)) {
      case 0 -> {
        return Arrays.copyOf(good, at);
      }
      case 1 -> {
        byte[] bad = good.clone();
        for (int i = 0; i <= random.nextInt(8); i++) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bad;
      }
      case 2 -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return spliced(good, at, random.nextBoolean() ? length : 0, noise);
      }
      case 3 -> {
        return spliced(good, at, length, new byte[0]);
      }
      case 4 -> {
        // Twice the same: duplicate names, nodes, tensors.
        int many = 1 + random.nextInt(Math.min(2000, good.length - at));
        return spliced(good, at, 0, Arrays.copyOfRange(good, at, at + many));
      }
      case 5 -> {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(
                random.nextInt(4) == 0 ? 0 : random.nextInt(bad.length - 8),
                random.nextLong() >>> random.nextInt(64));
        return bad;
      }
      case 6 -> {
        return withOtherDigit(good, random);
      }
      default -> {
        return withOtherValue(good, random);
      }
    }
  }

  private static byte[] spliced(byte[] good, int at, int without, byte[] with) {
    ByteArrayOutputStream bad = new ByteArrayOutputStream();
    bad.write(good, 0, at);
    bad.writeBytes(with);
    bad.write(good, at + without, good.length - at - without);
    return bad.toByteArray();
  }

  /** Where the JSON stands: behind the eight bytes of its length, or everywhere. */
  private static int jsonBegin(byte[] file) {
    return file[0] == '{' ? 0 : 8;
  }

  private static int jsonEnd(byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return file[0] == '{' || length <= 0 || length > file.length - 8
        ? file.length
        : 8 + (int) length;
  }

  private static byte[] withOtherDigit(byte[] good, Random random) {
    byte[] bad = good.clone();
    int begin = jsonBegin(bad);
    int end = jsonEnd(bad);
    for (int tries = 0; tries < 200; tries++) {
      int at = begin + random.nextInt(end - begin);
      if (bad[at] >= '0' && bad[at] <= '9') {
        bad[at] = (byte) ('0' + random.nextInt(10));
        return bad;
      }
    }
    return bad;
  }

  /** A value of the JSON becomes a hostile one; the header's length is mended. */
  private static byte[] withOtherValue(byte[] good, Random random) {
    int begin = jsonBegin(good);
    int end = jsonEnd(good);
    List<Integer> colons = new ArrayList<>();
    for (int i = begin; i < end - 1; i++) {
      if (good[i] == ':' && good[i + 1] != '\\') {
        colons.add(i + 1);
      }
    }
    if (colons.isEmpty()) {
      return Arrays.copyOf(good, good.length - 1);
    }
    int from = colons.get(random.nextInt(colons.size()));
    int to = from;
    int depth = 0;
    while (to < end) {
      byte c = good[to];
      if (depth == 0 && to > from && (c == ',' || c == '}' || c == ']')) {
        break;
      }
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      to++;
    }
    byte[] value =
        HOSTILE_VALUES.get(random.nextInt(HOSTILE_VALUES.size())).getBytes(StandardCharsets.UTF_8);
    byte[] bad = spliced(good, from, to - from, value);
    if (begin > 0) {
      long length = end - begin - (to - from) + value.length;
      ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    }
    return bad;
  }
}
