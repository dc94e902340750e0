package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user types it, on a small made-up data set. */
class CommandLineTest {
  private static final int TRAIN = 600;
  private static final int TEST = 100;
  private static final int SIDE = 28;

  @TempDir private Path folder;
  private Path data;
  @RegisterExtension private final TypedCommands commands = new TypedCommands();

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    SquareDigits.write(data, TRAIN, TEST);
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
    return commands.run(words.toArray(String[]::new));
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
    JsonNode trained = commands.json();
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

    assertThat(commands.run("evaluate", model.toString(), "--data", data.toString(), "--json"))
        .isZero();
    JsonNode evaluated = commands.json();
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
    assertThat(commands.run("predict", model.toString(), image.toString(), "--json")).isZero();
    JsonNode prediction = commands.json().get("predictions").get(0);
    assertThat(prediction.get("file").asText()).isEqualTo(image.toString());
    assertThat(prediction.get("probabilities")).hasSize(10);
    assertThat(prediction.get("digit").asInt()).isBetween(0, 9);
    assertThat(commands.run("predict", model.toString(), image.toString(), "--blur=0", "--json"))
        .isZero();
    assertThat(commands.json().get("predictions").get(0).get("probabilities"))
        .as("without blur")
        .isNotEqualTo(prediction.get("probabilities"));
    assertThat(commands.run("predict", model.toString(), image.toString(), "--blur=2", "--json"))
        .isZero();
    assertThat(commands.json().get("predictions").get(0))
        .as("the usual blur")
        .isEqualTo(prediction);

    assertThat(commands.run("info", model.toString(), "--json")).isZero();
    assertThat(commands.json().get("network").asText()).isEqualTo("784-24-10");
    assertThat(commands.run("info", model.toString())).isZero();
    assertThat(commands.said()).contains("dense1 (relu)", "epoch  15");
  }

  private JsonNode prune(Path from, Path to, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "prune",
                from.toString(),
                "--batch",
                "50",
                "--data",
                data.toString(),
                "--out",
                to.toString(),
                "--json"));
    words.addAll(List.of(more));
    assertThat(commands.run(words.toArray(String[]::new)))
        .as("%s: %s", words, commands.error())
        .isZero();
    return commands.json();
  }

  @Test
  void prunesByEveryMethodAndTellsWhatIsLeft() throws IOException {
    Path model = folder.resolve("model.safetensors");
    assertThat(train("--epochs", "15", "--out", model.toString())).isZero();
    int weights = 784 * 24 + 24 * 10;
    int methods = 0;
    for (String[] method :
        new String[][] {
          {"--method", "one-shot"},
          {"--method", "gradual", "--frequency", "5"},
          {"--method", "iterative", "--rounds", "2", "--scope", "layer"},
          {"--rounds", "2", "--rewind"},
          {"--spare-output", "--dropout", "0.2", "--input-dropout", "0.1"},
          {"--block", "8"},
        }) {
      Path out = folder.resolve("pruned.safetensors");
      List<String> words = new ArrayList<>(List.of(method));
      words.addAll(List.of("--sparsity", "0.9", "--epochs", "15"));
      JsonNode pruned = prune(model, out, words.toArray(String[]::new));
      int zeros = 0;
      for (Parameter parameter : ModelFile.read(out).model().parameters()) {
        for (int i = 0; i < parameter.size() && parameter.name().endsWith("kernel"); i++) {
          zeros += parameter.value().data[i] == 0 ? 1 : 0;
        }
      }
      assertThat(zeros).as(String.join(" ", method)).isEqualTo((int) Math.round(0.9 * weights));
      assertThat(pruned.get("sparsity").asDouble()).isEqualTo((double) zeros / weights);
      boolean inBlocks = method[0].equals("--block");
      assertThat(pruned.get("block").asInt()).isEqualTo(inBlocks ? 8 : 1);
      assertThat(pruned.get("parameters").asInt()).isEqualTo(weights + 34);
      assertThat(pruned.get("nonZeroParameters").asInt()).isEqualTo(weights + 34 - zeros);
      assertThat(pruned.get("denseBytes").asInt()).isEqualTo(4 * (weights + 34));
      assertThat(pruned.get("sparseBytes").asDouble())
          .isLessThan(0.16 * pruned.get("denseBytes").asInt());
      assertThat(pruned.get("accuracyBefore").asDouble()).isGreaterThan(0.95);
      assertThat(pruned.get("accuracyFineTuned").asDouble())
          .isGreaterThan(0.6)
          .isGreaterThanOrEqualTo(pruned.get("accuracyPruned").asDouble());
      methods++;

      assertThat(commands.run("info", out.toString(), "--json")).isZero();
      assertThat(commands.json().get("sparsity").asDouble()).isEqualTo((double) zeros / weights);
      assertThat(commands.json().get("parent").get("file").asText()).isEqualTo(model.toString());
      assertThat(commands.json().get("parent").get("change").asText())
          .startsWith(
              "pruned 0.9 of the smallest " + (inBlocks ? "blocks of 8 weights" : "weights"));
      assertThat(commands.run("evaluate", out.toString(), "--data", data.toString(), "--json"))
          .isZero();
      assertThat(commands.json().get("testAccuracy").asDouble())
          .isEqualTo(pruned.get("accuracyFineTuned").asDouble());
      assertThat(commands.json().get("sparsity").asDouble()).isEqualTo((double) zeros / weights);
    }
    assertThat(methods).isEqualTo(6);

    // A pruned model can be pruned further and rewound to the weights its parent began with.
    Path pruned = folder.resolve("pruned.safetensors");
    Path again = folder.resolve("again.safetensors");
    JsonNode further = prune(pruned, again, "--sparsity", "0.95", "--rewind", "--epochs", "2");
    assertThat(further.get("nonZeroParameters").asInt())
        .isEqualTo(weights + 34 - (int) Math.round(0.95 * weights));
    assertThat(commands.run("info", again.toString())).isZero();
    assertThat(commands.said())
        .contains("95.00 % of the weights are pruned", "Made from " + pruned, "rewound");
  }

  @Test
  void prunesToANumberOfParametersAndToFewerUnits() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Path out = folder.resolve("pruned.safetensors");
    assertThat(train("--epochs", "8", "--out", model.toString())).isZero();
    JsonNode target = prune(model, out, "--target-parameters", "3000", "--epochs", "2");
    assertThat(target.get("nonZeroParameters").asInt()).isEqualTo(3000);
    JsonNode none = prune(model, out, "--sparsity", "0.5", "--epochs", "0");
    assertThat(none.get("accuracyFineTuned")).isEqualTo(none.get("accuracyPruned"));
    assertThat(none.get("epochs")).isEmpty();
    JsonNode half = prune(model, out, "--sparsity", "0.5", "--structured", "--epochs", "4");
    assertThat(half.get("network").asText()).isEqualTo("784-12-10");
    assertThat(half.get("parameters").asInt()).isEqualTo(785 * 12 + 13 * 10);
    assertThat(half.get("sparsity").asDouble()).isZero();
    JsonNode units = prune(model, out, "--target-parameters", "7000", "--structured");
    assertThat(units.get("network").asText()).isEqualTo("784-8-10");
    String[] rewound = {
      "prune",
      out.toString(),
      "--sparsity",
      "0.5",
      "--rewind",
      "--data",
      data.toString(),
      "--out",
      folder.resolve("rewound").toString()
    };
    assertThat(commands.run(rewound)).isEqualTo(1);
    assertThat(commands.error()).contains("does not say from which seed").hasLineCount(1);
  }

  @Test
  void whatCannotBePrunedIsSaidInOneLine() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Path out = folder.resolve("out.safetensors");
    assertThat(train("--epochs", "2", "--out", model.toString())).isZero();
    SavedModel trained = ModelFile.read(model);
    Path fresh = folder.resolve("fresh.safetensors");
    Model created = Model.create(trained.model().spec(), 1);
    ModelFile.write(fresh, new SavedModel(created, null, trained.provenance()));
    Path zeros = folder.resolve("zeros.safetensors");
    Model zeroed = trained.model().copy();
    for (int i = 0; i < 9000; i++) {
      zeroed.kernel(0).value().data[2 * i] = 0;
    }
    ModelFile.write(zeros, new SavedModel(zeroed, trained.training(), trained.provenance()));
    Path sparse = folder.resolve("sparse.safetensors");
    prune(model, sparse, "--sparsity", "0.9", "--epochs", "0");
    String[][] failing = {
      {"1", "not been trained", fresh.toString(), "--sparsity", "0.5"},
      {"1", "no mask that says", zeros.toString(), "--sparsity", "0.5"},
      {"2", "already and stay so", sparse.toString(), "--sparsity", "0.5"},
      {"2", "biases cannot be pruned", model.toString(), "--target-parameters", "30"},
      {"2", "has only 19,090", model.toString(), "--target-parameters", "19090"},
      {"2", "--sparsity must be in [0, 1), received 1.0", model.toString(), "--sparsity", "1"},
      {"2", "--sparsity must be in [0, 1), received -0.1", model.toString(), "--sparsity=-0.1"},
      {"2", "spared output", model.toString(), "--sparsity", "0.999", "--spare-output"},
      {"2", "remove all 24 units", model.toString(), "--sparsity", "0.99", "--structured"},
      {"1", "pruning ends at step", model.toString(), "--sparsity", "0.5", "--end-step", "99999"},
    };
    int checked = 0;
    for (String[] fail : failing) {
      List<String> words = new ArrayList<>(List.of("prune", "--data", data.toString()));
      words.addAll(List.of("--out", out.toString()));
      words.addAll(Arrays.asList(fail).subList(2, fail.length));
      assertThat(commands.run(words.toArray(String[]::new)))
          .as("%s", words)
          .isEqualTo(Integer.parseInt(fail[0]));
      assertThat(commands.error()).as("%s", words).contains(fail[1]).hasLineCount(1);
      assertThat(out).doesNotExist();
      checked++;
    }
    assertThat(checked).isEqualTo(10);
    prune(zeros, out, "--sparsity", "0.6", "--adopt-zeros", "--epochs", "1");
    Model adopted = ModelFile.read(out).model();
    for (int i = 0; i < 9000; i++) {
      assertThat(adopted.kernel(0).value().data[2 * i]).isZero();
    }
  }

  @Test
  void sensitivityPrintsATableAndDrawsAChart() throws IOException {
    Path model = folder.resolve("model.safetensors");
    assertThat(train("--epochs", "10", "--out", model.toString())).isZero();
    double before = commands.json().get("validationAccuracy").asDouble();
    assertThat(commands.run("sensitivity", model.toString(), "--data", data.toString(), "--json"))
        .isZero();
    JsonNode json = commands.json();
    assertThat(json.get("validationAccuracy").asDouble()).isEqualTo(before);
    assertThat(json.get("sparsities")).hasSize(13);
    assertThat(json.get("curves")).hasSize(3);
    JsonNode all = json.get("curves").get(2);
    assertThat(all.get("layer").asText()).isEqualTo("all");
    assertThat(all.get("accuracies").get(0).asDouble()).isGreaterThan(before - 0.05);
    assertThat(all.get("accuracies").get(12).asDouble()).isLessThan(before);
    BufferedImage chart = ImageIO.read(folder.resolve("model-sensitivity.png").toFile());
    int dark = 0;
    for (int x = 0; x < chart.getWidth(); x++) {
      for (int y = 0; y < chart.getHeight(); y++) {
        dark += (chart.getRGB(x, y) & 0xFFFFFF) == 0 ? 1 : 0;
      }
    }
    assertThat(dark).as("the black curve of all layers").isGreaterThan(500);
    Path csv = folder.resolve("numbers.csv");
    assertThat(
            commands.run(
                "sensitivity",
                model.toString(),
                "--data",
                data.toString(),
                "--out",
                csv.toString()))
        .isZero();
    assertThat(Files.readAllLines(csv)).hasSize(14).first().isEqualTo("sparsity,dense1,dense2,all");
    assertThat(commands.said()).contains("99 %", "threshold");
  }

  @Test
  void modelsAreExportedAndComeBack() throws IOException {
    Path model = folder.resolve("model.safetensors");
    assertThat(train("--epochs", "3", "--out", model.toString())).isZero();
    String[][] formats = {
      {"safetensors", "native", "neurite"},
      {"safetensors", "pytorch", "pytorch"},
      {"tfjs", "", "tensorflow_js"},
      {"onnx", "", "onnx"},
    };
    Predictor original = new Predictor(ModelFile.read(model).model());
    float[] pixels = new float[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 3 / 2f;
    }
    int checked = 0;
    for (String[] format : formats) {
      Path exported = folder.resolve(format[2]);
      List<String> words =
          new ArrayList<>(List.of("export", model.toString(), "--format", format[0], "--json"));
      words.addAll(List.of("--out", exported.toString()));
      if (!format[1].isEmpty()) {
        words.addAll(List.of("--naming", format[1]));
      }
      assertThat(commands.run(words.toArray(String[]::new))).as(commands.error()).isZero();
      assertThat(commands.json().get("files")).hasSize(format[0].equals("tfjs") ? 2 : 1);
      assertThat(commands.json().at("/files/0/sha256").asText()).hasSize(64);

      Path back = folder.resolve(format[2] + "-back.safetensors");
      assertThat(commands.run("import", exported.toString(), "--out", back.toString(), "--json"))
          .as(commands.error())
          .isZero();
      assertThat(commands.json().get("format").asText()).isEqualTo(format[2]);
      assertThat(commands.json().get("network").asText()).isEqualTo("784-24-10");
      String sum = commands.json().get("parametersSha256").asText();
      assertThat(new Predictor(ModelFile.read(back).model()).predict(pixels))
          .containsExactly(original.predict(pixels), within(1e-6f));

      assertThat(commands.run("info", exported.toString(), "--json")).as(commands.error()).isZero();
      assertThat(commands.json().get("format").asText()).isEqualTo(format[2]);
      assertThat(commands.json().get("parametersSha256").asText()).isEqualTo(sum);
      assertThat(commands.json().get("producer").asText()).startsWith("neurite");
      checked++;
    }
    assertThat(checked).isEqualTo(4);
    assertThat(
            commands.run(
                "evaluate",
                folder.resolve("onnx-back.safetensors").toString(),
                "--data",
                data.toString()))
        .isZero();
  }

  @Test
  void infoTellsSparsityAndSums() throws IOException, NoSuchAlgorithmException {
    Path file = folder.resolve("model.safetensors");
    assertThat(train("--epochs", "1", "--out", file.toString())).isZero();
    SavedModel saved = ModelFile.read(file);
    Parameter kernel = saved.model().kernel(1);
    for (int i = 0; i < 60; i++) {
      kernel.value().data[i] = 0;
    }
    ModelFile.write(file, saved);
    assertThat(commands.run("info", file.toString(), "--json")).isZero();
    assertThat(commands.json().at("/layers/1/weights").asInt()).isEqualTo(240);
    assertThat(commands.json().at("/layers/1/nonZeroWeights").asInt()).isEqualTo(180);
    assertThat(commands.json().at("/layers/0/activation").asText()).isEqualTo("relu");
    assertThat(commands.json().get("sparsity").asDouble()).isEqualTo(60.0 / (784 * 24 + 240));
    assertThat(commands.json().at("/files/0/sha256").asText())
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
    assertThat(commands.run("info", file.toString())).isZero();
    assertThat(commands.said()).contains("25.0 % in dense2", "SHA-256", "Trained with");
  }

  @Test
  void exportsThatCannotBeWrittenAreSaidInOneLine() throws IOException {
    Path model = folder.resolve("model.safetensors");
    assertThat(train("--epochs", "1", "--out", model.toString())).isZero();
    String file = model.toString();
    String[][] wrong = {
      {"export", file, "--format", "keras", "--out", "x"},
      {"export", file, "--format", "onnx", "--naming", "pytorch", "--out", "x"},
      {"export", file, "--format", "safetensors", "--naming", "jax", "--out", "x"},
      {"export", file, "--format", "onnx"},
      {"import", file, "--out", "x", "--activation", "step"},
      {"import", file},
    };
    int checked = 0;
    for (String[] words : wrong) {
      assertThat(commands.run(words)).as(String.join(" ", words)).isEqualTo(2);
      assertThat(commands.error().lines()).as(String.join(" ", words)).hasSize(1);
      checked++;
    }
    Path junk = Files.writeString(folder.resolve("junk"), "this is no model");
    String[][] failing = {
      {"export", file, "--format", "tfjs", "--out", data.toString()},
      {"export", file, "--format", "onnx", "--out", data.toString()},
      {"export", junk.toString(), "--format", "onnx", "--out", folder.resolve("x").toString()},
      {"import", junk.toString(), "--out", folder.resolve("x").toString()},
      {"import", data.toString(), "--out", folder.resolve("x").toString()},
      {"import", file, "--out", data.toString()},
    };
    for (String[] words : failing) {
      assertThat(commands.run(words)).as(String.join(" ", words)).isEqualTo(1);
      assertThat(commands.error().lines()).as(String.join(" ", words)).hasSize(1);
      checked++;
    }
    assertThat(checked).isEqualTo(12);
    assertThat(folder.resolve("x")).doesNotExist();
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
    assertThat(commands.json().get("outcome").asText()).isEqualTo("cancelled");
    assertThat(commands.json().get("epochs")).hasSize(2);
    Path resumed = folder.resolve("resumed.safetensors");
    assertThat(
            commands.run(
                "train", "--resume", checkpoint.toString(), "--out", resumed.toString(), "--json"))
        .isZero();
    assertThat(commands.json().get("epochs")).hasSize(4);
    assertThat(bits(resumed)).isEqualTo(bits(whole));
  }

  @Test
  void earlyStoppingEndsBeforeTheLastEpoch() throws IOException {
    assertThat(train("--epochs", "60", "--early-stopping", "2", "--lr", "0.05")).isZero();
    assertThat(commands.json().get("epochs").size()).isLessThan(60);
    assertThat(commands.json().get("outcome").asText()).isEqualTo("stopped_early");
  }

  @Test
  void onAllRowsNothingIsLeftToChooseBy() throws IOException {
    assertThat(train("--epochs", "1", "--train-on", "all")).isZero();
    assertThat(commands.error())
        .contains("epoch   1  loss")
        .contains("%  test ")
        .doesNotContain("NaN");
    assertThat(commands.json().get("validationAccuracy").isNull()).isTrue();
    assertThat(commands.json().get("epochs").get(0).get("validationLoss").isNull()).isTrue();
    assertThat(train("--train-on", "all", "--early-stopping", "2")).isEqualTo(2);
    assertThat(commands.error()).contains("--train-on all leaves none");
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
      assertThat(commands.error().lines()).as(option[0]).hasSize(1);
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
    assertThat(commands.json().get("augmentation").asText())
        .contains("rotate=8.0")
        .contains("alpha=30.0");
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
            commands.run(
                "train", "--resume", checkpoint.toString(), "--out", resumed.toString(), "--json"))
        .isZero();
    assertThat(bits(resumed)).isEqualTo(bits(whole));
    assertThat(commands.run("info", whole.toString())).isZero();
    assertThat(commands.said()).contains("augmented by rotate=8.0");
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void everyRecipeTrainsAndSaysWhatToExpect() throws IOException {
    assertThat(commands.run("recipes", "list", "--json")).isZero();
    JsonNode recipes = commands.json().get("recipes");
    assertThat(recipes).hasSize(7);
    for (JsonNode recipe : recipes) {
      String name = recipe.get("name").asText();
      assertThat(recipe.get("paper").asText()).as(name).isNotEmpty();
      assertThat(recipe.get("expectedErrorPercent").asDouble()).as(name).isBetween(0.3, 5.0);
      assertThat(recipe.has("measured")).as(name).isTrue();
      assertThat(
              commands.run(
                  "train",
                  "--recipe",
                  name,
                  "--epochs",
                  "1",
                  "--layers=9",
                  "--data",
                  data.toString()))
          .as(name + ": " + commands.error())
          .isZero();
      String said = commands.said();
      assertThat(said)
          .as(name)
          .contains("Recipe " + name, "Training 784-9-10", "1 epochs", "expected error at most");
      assertThat(said.contains("nn prune FILE --dropout 0.1")).isEqualTo(name.equals("han-2015"));
    }
    assertThat(
            commands.run(
                "train",
                "--recipe=simard-2003-800",
                "--epochs=1",
                "--preset=simple",
                "--data",
                data.toString(),
                "--json"))
        .isZero();
    assertThat(commands.json().get("parameters").asInt()).isEqualTo(101_770);
    assertThat(commands.json().get("validationAccuracy").isNull())
        .isTrue(); // it trains on all rows
  }

  @Test
  void classNamesAreShown() throws IOException {
    Path fashion = Files.move(data, folder.resolve("fashion-data"));
    data = fashion;
    Path model = folder.resolve("model.safetensors");
    assertThat(commands.run("data", "info", "--data", fashion.toString())).isZero();
    assertThat(commands.said()).contains("10 classes: T-shirt/top, Trouser");
    assertThat(train("--epochs", "1", "--augment", "affine", "--out", model.toString())).isZero();
    assertThat(commands.json().get("classNames").get(9).asText()).isEqualTo("Ankle boot");
    assertThat(commands.run("info", model.toString())).isZero();
    assertThat(commands.said()).contains("fashion-data augmented by rotate=15.0,shear=0.15");
    assertThat(commands.run("evaluate", model.toString(), "--data", fashion.toString())).isZero();
    assertThat(commands.said()).contains("Ankle boot", "Sneak");
    BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    picture.createGraphics().fillRect(10, 5, 8, 30);
    Path image = folder.resolve("bar.png");
    ImageIO.write(picture, "png", image.toFile());
    assertThat(commands.run("predict", model.toString(), image.toString(), "--json")).isZero();
    JsonNode prediction = commands.json().get("predictions").get(0);
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
    assertThat(commands.run("data", "info", "--data", "synthetic", "--json")).isZero();
    assertThat(commands.json().get("place").asText()).isEqualTo("synthetic");
    Path model = folder.resolve("synthetic.safetensors");
    assertThat(
            commands.run(
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
    assertThat(commands.json().get("data").asText()).isEqualTo("synthetic");
    assertThat(commands.json().get("testAccuracy").asDouble()).isBetween(0.7, 0.99);
    assertThat(commands.run("evaluate", model.toString(), "--data", "synthetic", "--json"))
        .isZero();
    assertThat(commands.json().get("testAccuracy").asDouble()).isBetween(0.7, 0.99);
  }

  @Test
  void aSheetShowsTheFirstImagesOfEachClass() throws IOException {
    Path file = folder.resolve("sheet.png");
    assertThat(
            commands.run(
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
    assertThat(commands.run("data", "sheet", "--out", file.toString(), "--columns", "0"))
        .isEqualTo(2);
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
      {"prune", "x", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5"},
      {"prune", "x", "--sparsity", "1", "--out", "y"},
      {"prune", "x", "--sparsity", "-0.1", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--target-parameters", "5", "--out", "y"},
      {"prune", "x", "--target-parameters", "0", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--scope", "some", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--method", "magic", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--method", "gradual", "--rewind", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--method", "one-shot", "--rounds", "2", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--rounds", "0", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--structured", "--spare-output", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--structured", "--end-step", "9", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--frequency", "0", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--block", "0", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--block", "65", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--block", "16", "--structured", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--dropout", "1", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--epochs", "-1", "--out", "y"},
      {"prune", "x", "--sparsity", "0.5", "--rewind", "--epochs", "0", "--out", "y"},
      {"sensitivity"},
      {"sensitivity", "x", "--out", "chart.gif"},
      {"evaluate"},
      {"predict", "model"},
      {"predict", "model", "image", "--blur", "3.1"},
      {"data", "verify", "--data", "synthetic"},
      {"data"},
      {"data", "eat"},
    };
    int checked = 0;
    for (String[] words : wrong) {
      assertThat(commands.run(words)).as(String.join(" ", words)).isEqualTo(2);
      assertThat(commands.error().lines()).as(String.join(" ", words)).hasSize(1);
      assertThat(commands.error()).startsWith("nn");
      checked++;
    }
    assertThat(checked).isEqualTo(wrong.length).isEqualTo(27 + 24);
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
      assertThat(commands.run(words)).as(String.join(" ", words)).isEqualTo(1);
      assertThat(commands.error().lines()).as(String.join(" ", words)).hasSize(1);
      checked++;
    }
    assertThat(checked).isEqualTo(9);
  }

  @Test
  void aLossThatIsNotFiniteIsAFailureInWords() {
    assertThat(
            train("--epochs", "2", "--optimizer", "sgd", "--lr", "1e30", "--activation", "linear"))
        .isEqualTo(1);
    assertThat(commands.error()).contains("the loss is not finite").contains("lower learning rate");
  }

  @Test
  void dataInfoSaysWhatIsThere() throws IOException {
    assertThat(commands.run("data", "info", "--data", data.toString(), "--json")).isZero();
    assertThat(commands.json().get("trainImages").asInt()).isEqualTo(TRAIN);
    assertThat(commands.json().get("testImages").asInt()).isEqualTo(TEST);
  }

  @Test
  void versionIsTold() {
    assertThat(commands.run("--version")).isZero();
    assertThat(commands.said())
        .startsWith("neurite")
        .contains("Java " + System.getProperty("java.version"))
        .hasLineCount(1);
  }

  @Test
  void everyCommandHasHelpAndTheCommonOptions() {
    for (String command :
        List.of(
            "train",
            "prune",
            "sensitivity",
            "evaluate",
            "predict",
            "info",
            "export",
            "import",
            "experiment",
            "sweep")) {
      assertThat(commands.run(command, "--help")).isZero();
      assertThat(commands.said()).contains("--json", "--seed", "--threads", "--kernel", "--help");
    }
    for (String command : List.of("info", "download", "verify")) {
      assertThat(commands.run("data", command, "--help")).isZero();
      assertThat(commands.said()).contains("--json", "--seed");
    }
  }
}
