package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neurite.mnist.files.IdxBytes;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.io.ModelFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user types it, on a small made-up data set. */
class CommandLineTest {
  private static final int TRAIN = 600;
  private static final int TEST = 100;
  private static final int SIDE = 28;

  @TempDir private Path folder;
  private Path data;
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    writeImages("train", TRAIN, 1);
    writeImages("t10k", TEST, 2);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  /** A bright square whose place says the class. */
  private void writeImages(String prefix, int count, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(10);
      int x0 = labels[i] % 5 * 5 + random.nextInt(2);
      int y0 = labels[i] / 5 * 13 + 3 + random.nextInt(3);
      for (int y = y0; y < y0 + 7; y++) {
        for (int x = x0; x < x0 + 5 && x < SIDE; x++) {
          pixels[(i * SIDE + y) * SIDE + x] = (byte) (155 + random.nextInt(100));
        }
      }
    }
    Files.write(
        data.resolve(prefix + "-images-idx3-ubyte"), IdxBytes.idx(0x08, pixels, count, SIDE, SIDE));
    Files.write(data.resolve(prefix + "-labels-idx1-ubyte"), IdxBytes.idx(0x08, labels, count));
  }

  private int run(String... words) {
    out.reset();
    err.reset();
    return Main.run(words);
  }

  private JsonNode json() throws IOException {
    String[] lines = out.toString(StandardCharsets.UTF_8).strip().split("\n");
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  private int train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--layers",
                "24",
                "--dropout",
                "0.1",
                "--batch",
                "50",
                "--data",
                data.toString(),
                "--json"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private static List<Integer> bits(Path file) throws IOException {
    List<Integer> bits = new ArrayList<>();
    for (Parameter parameter : ModelFile.read(file).model().parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        bits.add(Float.floatToRawIntBits(parameter.value().data[i]));
      }
    }
    return bits;
  }

  @Test
  void trainsEvaluatesPredictsAndTells() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Path csv = folder.resolve("history.csv");
    assertThat(train("--epochs", "15", "--out", model.toString(), "--history", csv.toString()))
        .isZero();
    JsonNode trained = json();
    assertThat(trained.get("testAccuracy").asDouble()).isGreaterThan(0.95);
    assertThat(trained.get("parameters").asInt()).isEqualTo(785 * 24 + 25 * 10);
    assertThat(trained.get("epochs")).hasSize(15);
    assertThat(trained.get("epochs").get(14).fieldNames())
        .toIterable()
        .containsExactly(
            "epoch",
            "trainLoss",
            "trainAccuracy",
            "validationLoss",
            "validationAccuracy",
            "testLoss",
            "testAccuracy",
            "learningRate",
            "seconds");
    assertThat(trained.get("seed").asInt()).isEqualTo(1);
    assertThat(trained.get("data").asText()).isEqualTo(data.toString());
    assertThat(trained.get("kernel").asText()).isIn("plain", "simd");
    assertThat(Files.readAllLines(csv)).hasSize(16);

    assertThat(run("evaluate", model.toString(), "--data", data.toString(), "--json")).isZero();
    JsonNode evaluated = json();
    assertThat(evaluated.get("testAccuracy").asDouble())
        .isEqualTo(trained.get("testAccuracy").asDouble());
    int sum = 0;
    for (JsonNode row : evaluated.get("confusion")) {
      for (JsonNode cell : row) {
        sum += cell.asInt();
      }
    }
    assertThat(sum).isEqualTo(TEST);

    BufferedImage picture = new BufferedImage(60, 80, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 80; y++) {
      for (int x = 0; x < 60; x++) {
        picture.setRGB(x, y, x > 25 && x < 33 && y > 10 && y < 70 ? 0x101010 : 0xFFFFFF);
      }
    }
    Path image = folder.resolve("one.png");
    ImageIO.write(picture, "png", image.toFile());
    assertThat(run("predict", model.toString(), image.toString(), "--json")).isZero();
    JsonNode prediction = json().get("predictions").get(0);
    assertThat(prediction.get("file").asText()).isEqualTo(image.toString());
    assertThat(prediction.get("probabilities")).hasSize(10);
    assertThat(prediction.get("digit").asInt()).isBetween(0, 9);

    assertThat(run("info", model.toString(), "--json")).isZero();
    assertThat(json().get("network").asText()).isEqualTo("784-24-10");
    assertThat(run("info", model.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("dense1 (relu)", "epoch  15");
  }

  @Test
  void sameSeedThreadsAndResumeGiveTheSameBits() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    assertThat(train("--epochs", "4", "--seed", "9", "--threads", "2", "--out", whole.toString()))
        .isZero();
    Path again = folder.resolve("again.safetensors");
    assertThat(train("--epochs", "4", "--seed", "9", "--threads", "1", "--out", again.toString()))
        .isZero();
    assertThat(bits(again)).isEqualTo(bits(whole));
    Path other = folder.resolve("other.safetensors");
    assertThat(train("--epochs", "4", "--seed", "10", "--out", other.toString())).isZero();
    assertThat(bits(other)).isNotEqualTo(bits(whole));

    Path checkpoint = folder.resolve("checkpoint");
    assertThat(
            train(
                "--epochs",
                "4",
                "--seed",
                "9",
                "--stop-after",
                "2",
                "--checkpoint",
                checkpoint.toString()))
        .isZero();
    assertThat(json().get("outcome").asText()).isEqualTo("cancelled");
    assertThat(json().get("epochs")).hasSize(2);
    Path resumed = folder.resolve("resumed.safetensors");
    assertThat(
            run("train", "--resume", checkpoint.toString(), "--out", resumed.toString(), "--json"))
        .isZero();
    assertThat(json().get("epochs")).hasSize(4);
    assertThat(bits(resumed)).isEqualTo(bits(whole));
  }

  @Test
  void earlyStoppingEndsBeforeTheLastEpoch() throws IOException {
    assertThat(train("--epochs", "60", "--early-stopping", "2", "--lr", "0.05")).isZero();
    assertThat(json().get("epochs").size()).isLessThan(60);
    assertThat(json().get("outcome").asText()).isEqualTo("stopped_early");
  }

  @Test
  void onAllRowsNothingIsLeftToChooseBy() throws IOException {
    assertThat(train("--epochs", "1", "--train-on", "all")).isZero();
    assertThat(json().get("validationAccuracy").isNull()).isTrue();
    assertThat(json().get("epochs").get(0).get("validationLoss").isNull()).isTrue();
    assertThat(train("--train-on", "all", "--early-stopping", "2")).isEqualTo(2);
    assertThat(error()).contains("--train-on all leaves none");
    assertThat(train("--train-on", "all", "--schedule", "plateau")).isEqualTo(2);
  }

  @Test
  void aTargetThatCannotBeWrittenIsSaidBeforeTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    for (String[] option :
        new String[][] {
          {"--out", folder.toString()},
          {"--history", folder.toString()},
          {"--out", file.resolve("model").toString()},
          {"--checkpoint", file.toString()},
        }) {
      assertThat(train("--epochs", "1", option[0], option[1])).as(option[0]).isEqualTo(1);
      assertThat(error().lines()).as(option[0]).hasSize(1);
    }
    assertThat(file).hasContent("precious");
    Path csv = folder.resolve("runs/history.csv");
    assertThat(train("--epochs", "1", "--history", csv.toString())).isZero();
    assertThat(csv).exists();
  }

  @Test
  void everyOptimizerAndScheduleTrains() {
    int combinations = 0;
    for (String optimizer :
        List.of("sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw")) {
      assertThat(train("--epochs", "1", "--optimizer", optimizer, "--weight-decay", "0.001"))
          .as(optimizer)
          .isZero();
      combinations++;
    }
    for (String schedule :
        List.of(
            "constant",
            "step",
            "exponential",
            "cosine",
            "cosine-restarts",
            "warmup-cosine",
            "one-cycle",
            "plateau")) {
      assertThat(train("--epochs", "1", "--schedule", schedule, "--label-smoothing", "0.1"))
          .as(schedule)
          .isZero();
      combinations++;
    }
    assertThat(combinations).isEqualTo(15);
  }

  @Test
  void augmentedRunsRepeatForAnyThreadsAndResume() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    String[] settings = {"--epochs", "4", "--seed", "9", "--augment", "rotate=8,sigma=4,alpha=30"};
    assertThat(train(with(settings, "--threads", "2", "--out", whole.toString()))).isZero();
    assertThat(json().get("augmentation").asText()).contains("rotate=8.0").contains("alpha=30.0");
    Path again = folder.resolve("again.safetensors");
    assertThat(train(with(settings, "--threads", "1", "--out", again.toString()))).isZero();
    assertThat(bits(again)).isEqualTo(bits(whole));
    Path plain = folder.resolve("plain.safetensors");
    assertThat(train("--epochs", "4", "--seed", "9", "--out", plain.toString())).isZero();
    assertThat(bits(plain)).isNotEqualTo(bits(whole));

    Path checkpoint = folder.resolve("checkpoint");
    assertThat(train(with(settings, "--stop-after", "2", "--checkpoint", checkpoint.toString())))
        .isZero();
    Path resumed = folder.resolve("resumed.safetensors");
    assertThat(
            run("train", "--resume", checkpoint.toString(), "--out", resumed.toString(), "--json"))
        .isZero();
    assertThat(bits(resumed)).isEqualTo(bits(whole));
    assertThat(run("info", whole.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("augmented by rotate=8.0");
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void everyRecipeTrainsAndSaysWhatToExpect() throws IOException {
    assertThat(run("recipes", "list", "--json")).isZero();
    JsonNode recipes = json().get("recipes");
    assertThat(recipes).hasSize(7);
    for (JsonNode recipe : recipes) {
      String name = recipe.get("name").asText();
      assertThat(recipe.get("paper").asText()).as(name).isNotEmpty();
      assertThat(recipe.get("expectedErrorPercent").asDouble()).as(name).isBetween(0.3, 5.0);
      assertThat(
              run(
                  "train",
                  "--recipe",
                  name,
                  "--epochs",
                  "1",
                  "--layers=9",
                  "--data",
                  data.toString()))
          .as(name + ": " + error())
          .isZero();
      String said = out.toString(StandardCharsets.UTF_8);
      assertThat(said)
          .as(name)
          .contains("Recipe " + name, "Training 784-9-10", "1 epochs", "The error to expect");
      assertThat(said.contains("nn prune FILE --dropout 0.05")).isEqualTo(name.equals("han-2015"));
    }
    assertThat(
            run(
                "train",
                "--recipe=simard-2003-800",
                "--epochs=1",
                "--preset=simple",
                "--data",
                data.toString(),
                "--json"))
        .isZero();
    assertThat(json().get("parameters").asInt()).isEqualTo(101_770);
    assertThat(json().get("validationAccuracy").isNull()).isTrue(); // it trains on all rows
  }

  @Test
  void classNamesAreShown() throws IOException {
    Path fashion = Files.move(data, folder.resolve("fashion-data"));
    data = fashion;
    Path model = folder.resolve("model.safetensors");
    assertThat(run("data", "info", "--data", fashion.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("10 classes: T-shirt/top, Trouser");
    assertThat(train("--epochs", "1", "--augment", "affine", "--out", model.toString())).isZero();
    assertThat(run("evaluate", model.toString(), "--data", fashion.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Ankle boot", "Sneak");
    BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    picture.createGraphics().fillRect(10, 5, 8, 30);
    Path image = folder.resolve("bar.png");
    ImageIO.write(picture, "png", image.toFile());
    assertThat(run("predict", model.toString(), image.toString(), "--json")).isZero();
    JsonNode prediction = json().get("predictions").get(0);
    assertThat(prediction.get("name").asText())
        .isIn(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot");
  }

  @Test
  void syntheticDigitsNeedNoFiles() throws IOException {
    assertThat(run("data", "info", "--data", "synthetic", "--json")).isZero();
    assertThat(json().get("place").asText()).isEqualTo("synthetic");
    Path model = folder.resolve("synthetic.safetensors");
    assertThat(
            run(
                "train",
                "--layers",
                "16",
                "--epochs",
                "1",
                "--data",
                "synthetic",
                "--json",
                "--out",
                model.toString()))
        .isZero();
    assertThat(json().get("data").asText()).isEqualTo("synthetic");
    assertThat(json().get("testAccuracy").asDouble()).isBetween(0.7, 0.99);
    assertThat(run("evaluate", model.toString(), "--data", "synthetic", "--json")).isZero();
    assertThat(json().get("testAccuracy").asDouble()).isBetween(0.7, 0.99);
  }

  @Test
  void aSheetShowsTheFirstImagesOfEachClass() throws IOException {
    Path file = folder.resolve("sheet.png");
    assertThat(
            run(
                "data",
                "sheet",
                "--data",
                data.toString(),
                "--columns",
                "3",
                "--out",
                file.toString()))
        .isZero();
    BufferedImage sheet = ImageIO.read(file.toFile());
    assertThat(sheet.getWidth()).isEqualTo(3 * 30 + 2);
    assertThat(sheet.getHeight()).isEqualTo(10 * 30 + 2);
    // Class 7 is a bright square in the third column and the second row of places.
    for (int column = 0; column < 3; column++) {
      int x = 2 + column * 30;
      int y = 2 + 7 * 30;
      assertThat(sheet.getRaster().getSample(x + 12, y + 20, 0)).isGreaterThan(150);
      assertThat(sheet.getRaster().getSample(x + 3, y + 20, 0)).isZero();
    }
    assertThat(run("data", "sheet", "--out", file.toString(), "--columns", "0")).isEqualTo(2);
  }

  @Test
  void wrongUsageEndsWithTwoAndOneLine() {
    String[][] wrong = {
      {},
      {"fly"},
      {"train", "--dropout", "1.5"},
      {"train", "--preset", "huge"},
      {"train", "--preset", "simple", "--layers", "5"},
      {"train", "--layers", "0"},
      {"train", "--layers", "many"},
      {"train", "--activation", "step"},
      {"train", "--schedule", "random"},
      {"train", "--optimizer", "newton"},
      {"train", "--epochs", "0"},
      {"train", "--lr", "-1"},
      {"train", "--batch", "0"},
      {"train", "--train-on", "some"},
      {"train", "--augment", "much"},
      {"train", "--recipe", "cake"},
      {"recipes"},
      {"train", "--early-stopping", "0"},
      {"train", "--threads", "0"},
      {"train", "--kernel", "gpu"},
      {"train", "--checkpoint-every", "0"},
      {"train", "--stop-after", "0"},
      {"train", "--resume", "x", "--epochs", "3"},
      {"evaluate"},
      {"predict", "model"},
      {"data"},
      {"data", "eat"},
    };
    int checked = 0;
    for (String[] words : wrong) {
      assertThat(run(words)).as(String.join(" ", words)).isEqualTo(2);
      assertThat(error().lines()).as(String.join(" ", words)).hasSize(1);
      assertThat(error()).startsWith("nn");
      checked++;
    }
    assertThat(checked).isEqualTo(wrong.length).isEqualTo(27);
  }

  @Test
  void otherFailuresEndWithOneAndOneLine() throws IOException {
    Path junk = Files.writeString(folder.resolve("junk"), "this is no model");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path blank = folder.resolve("blank.png");
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png", blank.toFile());
    Path model = folder.resolve("model.safetensors");
    assertThat(train("--epochs", "1", "--out", model.toString())).isZero();
    String[][] failing = {
      {"evaluate", folder.resolve("none").toString()},
      {"evaluate", junk.toString()},
      {"info", junk.toString()},
      {"train", "--data", empty.toString()},
      {"train", "--resume", empty.toString()},
      {"data", "verify", "--data", data.toString()},
      {"predict", model.toString(), junk.toString()},
      {"predict", model.toString(), blank.toString()},
      {"predict", junk.toString(), blank.toString()},
    };
    int checked = 0;
    for (String[] words : failing) {
      assertThat(run(words)).as(String.join(" ", words)).isEqualTo(1);
      assertThat(error().lines()).as(String.join(" ", words)).hasSize(1);
      checked++;
    }
    assertThat(checked).isEqualTo(9);
  }

  @Test
  void aLossThatIsNotFiniteIsAFailureInWords() {
    assertThat(
            train("--epochs", "2", "--optimizer", "sgd", "--lr", "1e30", "--activation", "linear"))
        .isEqualTo(1);
    assertThat(error()).contains("the loss is not finite").contains("lower learning rate");
  }

  @Test
  void dataInfoSaysWhatIsThere() throws IOException {
    assertThat(run("data", "info", "--data", data.toString(), "--json")).isZero();
    assertThat(json().get("trainImages").asInt()).isEqualTo(TRAIN);
    assertThat(json().get("testImages").asInt()).isEqualTo(TEST);
  }

  @Test
  void everyCommandHasHelpAndTheCommonOptions() {
    for (String command : List.of("train", "evaluate", "predict", "info")) {
      assertThat(run(command, "--help")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("--json", "--seed", "--threads", "--kernel", "--help");
    }
    for (String command : List.of("info", "download", "verify")) {
      assertThat(run("data", command, "--help")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("--json", "--seed");
    }
  }
}
