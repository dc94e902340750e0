package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.neurite.explorer.Events;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session whose files were cut, flipped, and lied to: what is whole comes back, the rest is told,
 * and the window opens in any case.
 *
 * <p>{@code -Dneurite.fuzz.cases=10000} for more. A failure names its seed; {@code seed} alone
 * makes the file.
 */
class HostileSessionTest {
  private static final int CASES = Integer.getInteger("neurite.fuzz.cases", 1000);

  /** Beyond four times the files: parsers, the networks themselves. */
  private static final long READER_BYTES = 8 << 20;

  private static final long MAX_NANOSECONDS = 2_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path sessions;
  @TempDir private Path elsewhere;
  private Path folder;

  @BeforeEach
  void twoRuns() throws IOException {
    try (SessionFolder session = SessionFolder.open(sessions, KilledSession.ENGINE)) {
      Session runs = new Session();
      for (int i = 0; i < 2; i++) {
        Run run = runs.begin(TinyDigits.experiment(2)).after(Events.started());
        run = run.withPredictor(new Predictor(Model.create(run.experiment().model(), 3)));
        run = run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1))));
        session.writeEnded(run, run.predictor());
      }
      session.write("form", 2);
      session.writeQueue(List.of(TinyDigits.experiment(3)));
    }
    try (Stream<Path> all = Files.list(sessions)) {
      folder = all.findFirst().orElseThrow();
    }
  }

  private SavedSession read() throws IOException {
    try (SessionFolder session = SessionFolder.open(sessions, KilledSession.ENGINE)) {
      return session.read();
    }
  }

  @Test
  void theSessionIsReadWhole() throws IOException {
    SavedSession saved = read();
    assertThat(saved.runs()).hasSize(2);
    assertThat(saved.problems()).isEmpty();
    assertThat(saved.queue()).containsExactly(TinyDigits.experiment(3));
    assertThat(saved.configuration()).isEqualTo("form");
    assertThat(saved.selected()).isEqualTo(2);
  }

  @Test
  void sessionsOfEarlierVersionsSayNothingOfTheForm() throws IOException {
    for (String name : List.of("run-1.json", "queue.json")) {
      String now = Files.readString(folder.resolve(name));
      assertThat(now).contains(",\"form\":\"\"");
      Files.writeString(folder.resolve(name), now.replace(",\"form\":\"\"", ""));
    }
    theSessionIsReadWhole();
    assertThat(read().runs().get(0).run().experiment().form()).isEmpty();
  }

  @Test
  void wordsOfEndlessLengthAreNotReadIntoMemory() throws IOException {
    Path words = folder.resolve("run-1.json");
    try (RandomAccessFile file = new RandomAccessFile(words.toFile(), "rw")) {
      file.setLength((64L << 20) + 1); // a hole, which takes no room on the disk
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    SavedSession saved = read();
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(READER_BYTES);
    assertThat(saved.runs()).singleElement().matches(r -> r.run().id().equals(new RunId(2)));
    assertThat(saved.problems())
        .singleElement()
        .asString()
        .contains("67,108,865 bytes, a session has at most 67,108,864 there");
  }

  @Test
  void whateverBecomesOfAFileTheOtherRunIsBack() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> !f.getFileName().toString().equals("lock")).sorted().toList();
    }
    assertThat(files).hasSize(7); // the session, the queue and its model, two for each run
    int told = 0;
    for (int i = 0; i < CASES; i++) {
      long seed = 7_000_000L + i;
      Random random = new Random(seed);
      Path file = files.get(random.nextInt(files.size()));
      byte[] good = Files.readAllBytes(file);
      Files.write(file, changed(good, random));
      long bytes = 0;
      for (Path f : files) {
        bytes += Files.size(f);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long started = System.nanoTime();
      SavedSession saved;
      try {
        saved = read();
      } catch (IOException | RuntimeException | Error e) {
        throw new AssertionError("seed %d, %s".formatted(seed, file.getFileName()), e);
      }
      assertThat(System.nanoTime() - started).as("time, seed %d", seed).isLessThan(MAX_NANOSECONDS);
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
          .as("bytes, seed %d", seed)
          .isLessThan(4 * bytes + READER_BYTES);
      // A run's file that is damaged costs that run at most.
      assertThat(saved.runs().size()).as("runs, seed %d", seed).isGreaterThanOrEqualTo(1);
      assertThat(saved.runs().size() + saved.problems().size())
          .as("told, seed %d: %s", seed, saved.problems())
          .isGreaterThanOrEqualTo(2);
      told += saved.problems().isEmpty() ? 0 : 1;
      Files.write(file, good);
    }
    System.out.printf("fuzz: sessions, %,d files, %,d told%n", CASES, told);
    // Fewer, and the files were hardly damaged.
    assertThat(told).isGreaterThan(CASES / 3);
    theSessionIsReadWhole();
  }

  @Test
  void aRunNamesNoFileButItsOwn() throws IOException {
    Path words = folder.resolve("run-1.json");
    Path outside = elsewhere.resolve("run-1-x.safetensors");
    Path model = ownModel(1);
    Files.copy(model, outside);
    String good = Files.readString(words);
    for (String content :
        List.of(
            '"' + outside.toString().replace("\\", "/") + '"',
            "\"../" + folder.getFileName() + '/' + model.getFileName() + '"',
            '"' + ownModel(2).getFileName().toString() + '"',
            "\"\"",
            "null")) {
      String bad = good.replace('"' + model.getFileName().toString() + '"', content);
      assertThat(bad).isNotEqualTo(good);
      Files.writeString(words, bad);
      SavedSession saved = read();
      assertThat(saved.runs()).as(content).hasSize(1);
      assertThat(saved.problems())
          .singleElement()
          .asString()
          .contains("run-1.json", "not a file of run-1");
    }
    assertThat(outside).exists();
  }

  @Test
  void aWaitingExperimentNamesNoFileButItsOwn() throws IOException {
    Path queue = folder.resolve("queue.json");
    String good = Files.readString(queue);
    String bad = good.replaceAll("queue-[^\"]*", ownModel(1).getFileName().toString());
    assertThat(bad).isNotEqualTo(good);
    for (String text : List.of(bad, "[null]", "null", "{}")) {
      Files.writeString(queue, text);
      SavedSession saved = read();
      assertThat(saved.queue()).as(text).isEmpty();
      assertThat(saved.problems()).singleElement().asString().startsWith("queue.json: ");
      assertThat(saved.runs()).hasSize(2);
    }
  }

  @Test
  void twoRunsCannotHaveOneNumber() throws IOException {
    Path words = folder.resolve("run-1.json");
    Files.writeString(words, Files.readString(words).replace("\"number\":1,", "\"number\":2,"));
    assertThat(read().problems())
        .singleElement()
        .asString()
        .contains("run-1.json", "says that it is run 2");
  }

  @Test
  void aSessionOfNothingIsTold() throws IOException {
    for (String text : List.of("null", "", "[]", "{\"selected\":\"x\"}")) {
      Files.writeString(folder.resolve("session.json"), text);
      SavedSession saved = read();
      assertThat(saved.problems()).as(text).hasSize(1);
      assertThat(saved.runs()).hasSize(2);
      assertThat(saved.configuration()).isEmpty();
    }
    Files.writeString(folder.resolve("session.json"), "{}");
    assertThat(read().configuration()).isEmpty();
  }

  private Path ownModel(int run) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().startsWith("run-%d-".formatted(run)))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Cut, a bit flipped, overwritten, a word of the text exchanged, something else altogether. */
  private static byte[] changed(byte[] good, Random random) {
    byte[] bad = good.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        return Arrays.copyOf(good, random.nextInt(good.length));
      }
      case 1 -> bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        int at = random.nextInt(bad.length);
        for (int i = at; i < Math.min(bad.length, at + 1 + random.nextInt(64)); i++) {
          bad[i] = (byte) random.nextInt(256);
        }
      }
      case 3 -> {
        return exchanged(good, random);
      }
      default -> {
        String[] texts = {"null", "[]", "{}", "[".repeat(5000), "{\"a\":".repeat(5000), "1e999"};
        return texts[random.nextInt(texts.length)].getBytes(StandardCharsets.UTF_8);
      }
    }
    return bad;
  }

  /** A value of the JSON exchanged for one that nobody expects there. */
  private static byte[] exchanged(byte[] good, Random random) {
    String text = new String(good, StandardCharsets.ISO_8859_1);
    String[] values = {"null", "-1", "1e300", "NaN", "\"\"", "[]", "{}", "2147483647"};
    int colon = text.indexOf("\":", random.nextInt(text.length()));
    if (colon < 0) {
      colon = text.indexOf("\":");
    }
    if (colon < 0) {
      return new byte[0];
    }
    int end = colon + 2;
    while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return (text.substring(0, colon + 2)
            + values[random.nextInt(values.length)]
            + text.substring(end))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
