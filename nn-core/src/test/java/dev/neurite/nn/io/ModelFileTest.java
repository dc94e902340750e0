package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.model.Initializer;
import dev.neurite.nn.model.LayerSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.RescalingSpec;
import dev.neurite.nn.optim.Adagrad;
import dev.neurite.nn.optim.Adam;
import dev.neurite.nn.optim.Momentum;
import dev.neurite.nn.optim.Nesterov;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.optim.RmsProp;
import dev.neurite.nn.optim.Sgd;
import dev.neurite.nn.optim.UpdateRule;
import dev.neurite.nn.prune.GradualPruning;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.schedule.CosineRestartsSchedule;
import dev.neurite.nn.schedule.CosineSchedule;
import dev.neurite.nn.schedule.ExponentialSchedule;
import dev.neurite.nn.schedule.InverseTimeSchedule;
import dev.neurite.nn.schedule.OneCycleSchedule;
import dev.neurite.nn.schedule.PiecewiseSchedule;
import dev.neurite.nn.schedule.PlateauSchedule;
import dev.neurite.nn.schedule.PolynomialSchedule;
import dev.neurite.nn.schedule.Schedule;
import dev.neurite.nn.schedule.StepSchedule;
import dev.neurite.nn.schedule.WarmupSchedule;
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
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final Provenance PROVENANCE =
      new Provenance("neurite test", "2026-01-02T03:04:05Z", "blobs", "plain", 2);
  private static final int CORRUPTIONS = 1000;

  /** What reading a file may take beyond four times its size. */
  private static final long READER_BYTES = 4 << 20;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.safetensors");
  }

  private static SavedModel trained() {
    return trained(null);
  }

  private static SavedModel trained(@Nullable GradualPruning pruning) {
    DataSplit data = Blobs.split(100, 20, 20);
    TrainingSpec spec =
        TrainingSpec.classifier(pruning == null ? 2 : 5)
            .withEarlyStopping(new EarlyStopping(3))
            .withPruning(pruning);
    Model model = Model.create(Blobs.network(), 5);
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      TrainingResult result =
          new Trainer(model, spec, data, engine).run(new TrainingControl(), TrainingListener.NONE);
      return new SavedModel(model, new TrainingRecord(spec, result), PROVENANCE);
    }
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    SavedModel saved = trained();
    ModelFile.write(file, saved);
    SavedModel read = ModelFile.read(file);
    assertThat(read.model().spec()).isEqualTo(saved.model().spec());
    assertThat(Blobs.bits(read.model())).isEqualTo(Blobs.bits(saved.model()));
    assertThat(read.training()).isEqualTo(saved.training());
    assertThat(read.provenance()).isEqualTo(PROVENANCE);
  }

  /** Masks come back exactly: also a weight that is kept but happens to be zero. */
  @Test
  void masksAreReadAsTheyWereWritten() throws IOException {
    Model model = Model.create(Blobs.network(), 5);
    WeightPruning.global().prune(model, 0.6);
    Parameter kernel = model.kernel(1);
    Mask mask = kernel.mask();
    assertThat(mask).isNotNull();
    int keptZeros = 0;
    for (int i = 0; i < kernel.size() && keptZeros < 3; i++) {
      if (mask.keeps(i)) {
        kernel.value().data[i] = 0;
        keptZeros++;
      }
    }
    assertThat(keptZeros).isEqualTo(3);
    Provenance provenance =
        new Provenance(
            "neurite test",
            "2026-01-02T03:04:05Z",
            "blobs",
            "plain",
            2,
            new Provenance.Parent("parent.safetensors", "2026-01-01T00:00:00Z", "pruned", 5L));
    ModelFile.write(file, new SavedModel(model, null, provenance));
    SavedModel read = ModelFile.read(file);
    assertThat(read.provenance()).isEqualTo(provenance);
    assertThat(Blobs.bits(read.model())).isEqualTo(Blobs.bits(model));
    for (int layer = 0; layer < 3; layer++) {
      Mask expected = model.kernel(layer).mask();
      Mask found = read.model().kernel(layer).mask();
      assertThat(found).isNotNull();
      assertThat(found.isWithin(expected) && expected.isWithin(found)).isTrue();
    }
    assertThat(read.model().prunedWeights()).isEqualTo(Math.round(0.6f * (128 + 192 + 36)));
  }

  @Test
  void aMaskForABiasIsRefused() throws IOException {
    Model model = Model.create(Blobs.network(), 5);
    WeightPruning.global().prune(model, 0.6);
    ModelFile.write(file, new SavedModel(model, null, PROVENANCE));
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String changed = text.replace("\\\"dense1.kernel\\\"", "\\\"dense1.bias\\\"  ");
    assertThat(changed).isNotEqualTo(text);
    Files.write(file, changed.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("\"dense1.bias\" has a mask, but is a bias");
  }

  /** Files of before there were parents, masks and pruning lack these and are read. */
  @Test
  void aFileOfBeforeThereWasPruningIsRead() throws IOException {
    SavedModel saved = trained();
    ModelFile.write(file, saved);
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String old = text;
    for (String field : List.of(",\\\"parent\\\":null", ",\\\"pruning\\\":null")) {
      assertThat(old).contains(field);
      old = old.replace(field, " ".repeat(field.length()));
    }
    Files.write(file, old.getBytes(StandardCharsets.ISO_8859_1));
    SavedModel read = ModelFile.read(file);
    assertThat(read.training()).isEqualTo(saved.training());
    assertThat(read.provenance()).isEqualTo(PROVENANCE);
    assertThat(read.model().isPruned()).isFalse();
  }

  /** Files of before weights were pruned in blocks do not say how wide: one by one. */
  @Test
  void aFileOfBeforeThereWereBlocksIsRead() throws IOException {
    for (int width : new int[] {1, 4}) {
      WeightPruning weights = new WeightPruning(PruningScope.LAYER, true, width);
      SavedModel saved = trained(new GradualPruning(weights, 0, 0.5, 0, 2, 1));
      ModelFile.write(file, saved);
      assertThat(ModelFile.read(file).training()).isEqualTo(saved.training());
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String field = ",\\\"blockWidth\\\":4";
    assertThat(text).contains(field);
    Files.writeString(
        file, text.replace(field, " ".repeat(field.length())), StandardCharsets.ISO_8859_1);
    TrainingRecord old = ModelFile.read(file).training();
    assertThat(old).isNotNull();
    assertThat(old.spec().pruning()).isNotNull();
    assertThat(old.spec().pruning().weights())
        .isEqualTo(new WeightPruning(PruningScope.LAYER, true));
    String wrong = ",\\\"blockWidth\\\":0";
    Files.writeString(file, text.replace(field, wrong), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("blockWidth must be 1...64, received 0");
  }

  @Test
  void aModelWithoutHistoryIsReadToo() throws IOException {
    ModelFile.write(file, new SavedModel(Model.create(Blobs.network(), 1), null, PROVENANCE));
    assertThat(ModelFile.read(file).training()).isNull();
  }

  /** A reader written from the safetensors specification alone finds names, shapes and numbers. */
  @Test
  void theFileIsSafetensors() throws IOException {
    SavedModel saved = trained();
    ModelFile.write(file, saved);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    byte[] json = new byte[length];
    bytes.get(json);
    assertThat(json[0]).isEqualTo((byte) '{');
    assertThat((length + 8) % 8).isZero();
    JsonNode header = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
    assertThat(header.get("__metadata__").get("format").asText()).isEqualTo("neurite-model 1");
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int tensors = 0;
    int covered = 0;
    for (var parameter : saved.model().parameters()) {
      JsonNode entry = header.get(parameter.name());
      assertThat(entry.get("dtype").asText()).isEqualTo("F32");
      int begin = entry.get("data_offsets").get(0).asInt();
      int end = entry.get("data_offsets").get(1).asInt();
      assertThat(end - begin).isEqualTo(4 * parameter.size());
      for (int i = 0; i < parameter.size(); i++) {
        assertThat(data.getFloat(begin + 4 * i)).isEqualTo(parameter.value().data[i]);
      }
      covered += end - begin;
      tensors++;
    }
    assertThat(tensors).isEqualTo(6);
    assertThat(covered).isEqualTo(data.capacity());
    assertThat(header.get("dense1.kernel").get("shape").toString()).isEqualTo("[8,16]");
    assertThat(header.get("dense1.bias").get("shape").toString()).isEqualTo("[16]");
  }

  @Test
  void everySpecSurvives() throws IOException {
    List<Schedule> schedules =
        List.of(
            new ConstantSchedule(0.1),
            new StepSchedule(0.1, 10, 0.5),
            new PiecewiseSchedule(List.of(1L, 5L), List.of(0.1, 0.2, 0.3)),
            new ExponentialSchedule(0.1, 0.96, 100),
            new InverseTimeSchedule(0.1, 0.5, 10),
            new PolynomialSchedule(0.1, 100),
            new CosineSchedule(0.1, 0.001, 100),
            new CosineRestartsSchedule(0.1, 10, 2, 0.001, 0.9),
            new WarmupSchedule(new PlateauSchedule(0.1), 10),
            new OneCycleSchedule(0.1, 100),
            new PlateauSchedule(0.1));
    assertThat(schedules.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(Schedule.class.getPermittedSubclasses());
    for (Schedule schedule : schedules) {
      assertThat(roundTrip(TrainingSpec.classifier(3).withSchedule(schedule), TrainingSpec.class))
          .isEqualTo(TrainingSpec.classifier(3).withSchedule(schedule));
    }

    List<UpdateRule> rules =
        List.of(
            new Sgd(),
            new Momentum(),
            new Nesterov(0.95),
            new RmsProp(),
            new Adagrad(),
            new Adam());
    assertThat(rules.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(UpdateRule.class.getPermittedSubclasses());
    for (UpdateRule rule : rules) {
      OptimizerSpec spec = new OptimizerSpec(rule, 0.1, 0.2, 0.3, 0.4, 0.5);
      assertThat(roundTrip(spec, OptimizerSpec.class)).isEqualTo(spec);
    }

    List<LayerSpec> layers = new ArrayList<>();
    layers.add(new RescalingSpec(2));
    layers.add(new DropoutSpec(0.5f));
    for (Activation.Function function : Activation.Function.values()) {
      if (function != Activation.Function.SOFTMAX) {
        layers.add(new DenseSpec(3, Activation.of(function.label())));
      }
    }
    for (Initializer.Scheme scheme : Initializer.Scheme.values()) {
      float value = scheme == Initializer.Scheme.CONSTANT ? 0.25f : 0;
      layers.add(new DenseSpec(2, Activation.leakyRelu(0.3f), new Initializer(scheme, value)));
    }
    layers.add(new DenseSpec(2, Activation.SOFTMAX));
    assertThat(layers.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(LayerSpec.class.getPermittedSubclasses());
    ModelSpec spec = new ModelSpec(4, layers);
    assertThat(roundTrip(spec, ModelSpec.class)).isEqualTo(spec);

    for (Loss loss : Loss.values()) {
      assertThat(roundTrip(loss, Loss.class)).isEqualTo(loss);
    }
  }

  private static <T> T roundTrip(T value, Class<T> type) throws IOException {
    return Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(value), type);
  }

  @Test
  void aCheckpointHoldsAllOfARun() throws IOException {
    DataSplit data = Blobs.split(100, 20, 20);
    TrainingSpec spec =
        TrainingSpec.classifier(6)
            .withBatchSize(30)
            .withEarlyStopping(new EarlyStopping(5))
            .withSchedule(new PlateauSchedule(0.01));
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      Trainer whole = new Trainer(Model.create(Blobs.network(), 5), spec, data, engine);
      whole.run(new TrainingControl(), TrainingListener.NONE);
      for (int stop : new int[] {1, 8, 10}) {
        TrainingControl control = new TrainingControl();
        Trainer begun = new Trainer(Model.create(Blobs.network(), 5), spec, data, engine);
        begun.run(
            control,
            event -> {
              if (event instanceof TrainingEvent.BatchCompleted batch && batch.step() == stop) {
                control.cancel();
              }
            });
        TrainingSnapshot snapshot = begun.snapshot();
        CheckpointFile.write(file, snapshot, PROVENANCE);
        assertThat(CheckpointFile.readProvenance(file)).isEqualTo(PROVENANCE);
        TrainingSnapshot read = CheckpointFile.read(file);
        assertThat(read.spec()).isEqualTo(snapshot.spec());
        assertThat(read.progress()).isEqualTo(snapshot.progress());
        assertThat(read.plateau()).isEqualTo(snapshot.plateau());
        assertThat(read.history()).isEqualTo(snapshot.history());
        Trainer resumed = Trainer.resume(read, data, engine);
        resumed.run(new TrainingControl(), TrainingListener.NONE);
        assertThat(Blobs.bits(resumed.model())).isEqualTo(Blobs.bits(whole.model()));
      }
    }
  }

  @Test
  void aBrokenWriteLeavesTheOldFile() throws IOException {
    Files.writeString(file, "precious");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[100]));
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(file).hasContent("precious");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void onlyRegularFilesAreReplacedAndLinksAreFollowed() throws IOException {
    assertThatThrownBy(() -> SafeFile.writeText(folder, "x"))
        .hasMessageContaining("is no regular file");
    Files.writeString(file, "old");
    assertThatThrownBy(() -> SafeFile.writeText(file.resolve("below"), "x"))
        .hasMessageContaining("cannot be written");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    SafeFile.writeText(link, "new");
    assertThat(file).hasContent("new");
    assertThat(Files.isSymbolicLink(link)).isTrue();
    Path plain = folder.resolve("plain");
    Files.writeString(plain, "x");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void otherFilesAreRefusedInWords() throws IOException {
    assertRefused(new byte[3], "the file has 3 bytes, a header length needs 8");
    assertRefused(header("[]"), "no JSON object");
    assertRefused(header("{\"a\":{}}"), "dtype");
    assertRefused(header("{,"), "no valid JSON");
    assertRefused(header("{\"__metadata__\":{\"a\":1}}"), "metadata \"a\" is no text");
    assertRefused(header("{}"), "the file has the format \"\", needed is \"neurite-model 1\"");
    assertRefused(
        header("{\"__metadata__\":{\"format\":\"neurite-model 3\"}}"),
        "a newer version of the program may read it");
    assertRefused(
        header("{\"__metadata__\":{\"format\":\"neurite-checkpoint 1\"}}"),
        "the file has the format \"neurite-checkpoint 1\"");
    assertRefused(header("{\"__metadata__\":{\"format\":\"neurite-model 1\"}}"), "lacks \"spec\"");
    assertRefused(
        header(
            "{\"__metadata__\":{\"format\":\"neurite-model 1\",\"spec\":"
                + "\"{\\\"inputs\\\":0,\\\"layers\\\":[]}\"}}"),
        "inputs must be 1...65536, received 0");
    assertRefused(
        header("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,0]}}"),
        "dimension -1");
    assertRefused(
        header("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"),
        "of 0 data bytes");
    assertRefused(
        header("{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{}}"),
        "Duplicate field 'a'");
    assertRefused(
        header("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0]}}"),
        "two data_offsets");
    assertRefused(
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array(),
        "header length is 18446744073709551615");
  }

  @Test
  void tensorsMustFillTheFileWithoutHoles() throws IOException {
    String hole = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
    assertRefused(concat(header(hole), new byte[8]), "begins at data byte 4, needed is 0");
    String overlap =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
    assertRefused(concat(header(overlap), new byte[8]), "begins at data byte 4, needed is 8");
    String rest = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    assertRefused(concat(header(rest), new byte[8]), "the file has 8 data bytes");
  }

  @Test
  void aSpecThatDoesNotFitItsTensorsIsRefusedBeforeMemoryIsTaken() throws IOException {
    String spec =
        Json.MAPPER.writeValueAsString(
            ModelSpec.inputs(20_000).dense(10_000, Activation.RELU).output(2, Activation.SOFTMAX));
    String metadata =
        Json.MAPPER.writeValueAsString(
            Json.MAPPER
                .createObjectNode()
                .set(
                    "__metadata__",
                    Json.MAPPER
                        .createObjectNode()
                        .put("format", "neurite-model 1")
                        .put("spec", spec)
                        .put("provenance", Json.MAPPER.writeValueAsString(PROVENANCE))));
    assertRefused(header(metadata), "needs 200,030,002 values, the file has 0");
  }

  private static byte[] header(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  /** What is read. */
  @FunctionalInterface
  private interface Reading {
    ModelSpec read(Path file) throws IOException;
  }

  @Test
  void corruptModelsAreRefusedOrReadRight() throws IOException {
    ModelFile.write(file, trained());
    corruptFilesAreRefusedOrReadRight(path -> ModelFile.read(path).model().spec());
  }

  @Test
  void corruptCheckpointsAreRefusedOrReadRight() throws IOException {
    DataSplit data = Blobs.split(100, 20, 20);
    TrainingSpec spec = TrainingSpec.classifier(3).withEarlyStopping(new EarlyStopping(2));
    try (Engine engine = new Engine(EngineSpec.defaults().singleThreaded())) {
      Trainer trainer = new Trainer(Model.create(Blobs.network(), 5), spec, data, engine);
      TrainingControl control = new TrainingControl();
      trainer.run(
          control,
          event -> {
            if (event instanceof TrainingEvent.EpochCompleted) {
              control.cancel();
            }
          });
      CheckpointFile.write(file, trainer.snapshot(), PROVENANCE);
    }
    corruptFilesAreRefusedOrReadRight(path -> CheckpointFile.read(path).model().spec());
  }

  /** Cut, flipped, inflated: refused in words or read right, and never much memory. */
  private void corruptFilesAreRefusedOrReadRight(Reading reading) throws IOException {
    byte[] good = Files.readAllBytes(file);
    reading.read(file); // what is loaded once for all files does not count
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(42);
    int refused = 0;
    for (int i = 0; i < CORRUPTIONS; i++) {
      byte[] bad = corrupt(good, random);
      Files.write(file, bad);
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      try {
        assertThat(reading.read(file).parameterCount()).isLessThanOrEqualTo(good.length / 4);
      } catch (ModelFormatException e) {
        assertThat(e.file()).isEqualTo(file.toString());
        assertThat(e.offset()).isBetween(0L, (long) bad.length);
        refused++;
      }
      long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      assertThat(taken).isLessThan(4L * bad.length + READER_BYTES);
    }
    assertThat(refused).isGreaterThan(CORRUPTIONS / 2);
  }

  private static byte[] corrupt(byte[] good, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(good, random.nextInt(good.length));
      }
      case 1 -> {
        byte[] bad = good.clone();
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bad;
      }
      case 2 -> {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0, random.nextLong() >>> random.nextInt(64));
        return bad;
      }
      default -> {
        // A digit somewhere in the header becomes another: sizes, offsets, numbers of the spec.
        byte[] bad = good.clone();
        int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int at = 8 + random.nextInt(length);
        while (bad[at] < '0' || bad[at] > '9') {
          at = 8 + random.nextInt(length);
        }
        bad[at] = (byte) ('0' + random.nextInt(10));
        return bad;
      }
    }
  }
}
