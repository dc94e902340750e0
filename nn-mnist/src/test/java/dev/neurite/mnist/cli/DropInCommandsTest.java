package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.mnist.files.IdxBytes;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data in MNIST's place, from the first command to the last: each kind is trained on, tested, shown
 * a picture and told about, with its own names of classes.
 */
class DropInCommandsTest {
  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;
  private static final int EPOCHS = 12;
  private static final List<String> FASHION =
      List.of(
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
  private static final List<String> KMNIST =
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo");

  @TempDir private Path folder;
  @RegisterExtension private final TypedCommands commands = new TypedCommands();

  @Test
  void fashion() throws IOException {
    writeIdx("fashion-mnist", "", "t10k", 10, 0, false, true);
    fromFirstToLast(folder.resolve("fashion-mnist"), FASHION);
  }

  @Test
  void kuzushiji() throws IOException {
    writeIdx("kmnist", "", "t10k", 10, 0, false, false);
    fromFirstToLast(folder.resolve("kmnist"), KMNIST);
  }

  /** Stored transposed and counted from 1; a picture that is shown is upright. */
  @Test
  void emnistLetters() throws IOException {
    writeIdx("gzip", "emnist-letters-", "test", 26, 1, true, true);
    List<String> letters = new ArrayList<>();
    for (char letter = 'A'; letter <= 'Z'; letter++) {
      letters.add(String.valueOf(letter));
    }
    fromFirstToLast(folder.resolve("gzip/emnist-letters"), letters);
  }

  @Test
  void spriteSheet() throws IOException {
    int count = 650;
    Path place = Files.createDirectory(folder.resolve("sprite"));
    BufferedImage sheet = new BufferedImage(PIXELS, count, BufferedImage.TYPE_BYTE_GRAY);
    byte[] oneHot = new byte[10 * count];
    Random random = new Random(4);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(10);
      byte[] pixels = pixels(sign(label, random));
      for (int k = 0; k < PIXELS; k++) {
        sheet.getRaster().setSample(k, i, 0, pixels[k] & 0xFF);
      }
      oneHot[10 * i + label] = 1;
    }
    ImageIO.write(sheet, "png", place.resolve("mnist_images.png").toFile());
    Files.write(place.resolve("mnist_labels_uint8"), oneHot);
    fromFirstToLast(place, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  }

  @Test
  void foldersOfPngAndJpeg() throws IOException {
    List<String> names = List.of("circle", "ladder", "pine", "river"); // in their order
    Random random = new Random(5);
    for (int i = 0; i < 240; i++) {
      int label = i % 4;
      Path of = Files.createDirectories(folder.resolve("pictures").resolve(names.get(label)));
      String format = i % 3 == 0 ? "jpg" : "png";
      ImageIO.write(sign(label, random), format, of.resolve(i + "." + format).toFile());
    }
    fromFirstToLast(folder.resolve("pictures"), names);
  }

  private void fromFirstToLast(Path data, List<String> names) throws IOException {
    boolean digits = names.get(0).equals("0");
    assertThat(commands.run("data", "info", "--data", data.toString()))
        .as(commands.error())
        .isZero();
    assertThat(commands.said()).contains(names.size() + " classes: " + String.join(", ", names));

    Path model = folder.resolve("model.safetensors");
    String[] train = {
      "train", "--layers=32", "--epochs=" + EPOCHS, "--batch=20", "--data=" + data, "--out=" + model
    };
    assertThat(commands.run(train)).as(commands.error()).isZero();
    assertThat(commands.said()).contains("Test accuracy");
    if (!digits) {
      assertThat(commands.said()).contains(names.size() + " classes: " + String.join(", ", names));
    }

    assertThat(commands.run("evaluate", model.toString(), "--data=" + data))
        .as(commands.error())
        .isZero();
    List<String> rows = commands.said().lines().toList();
    int head = 0;
    while (!rows.get(head).startsWith("actual\\predicted")) {
      head++;
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      assertThat(rows.get(head)).contains(name.substring(0, Math.min(5, name.length())));
      assertThat(rows.get(head + 1 + i).strip()).startsWith(name + " ");
    }
    assertThat(commands.run("evaluate", model.toString(), "--data=" + data, "--json")).isZero();
    assertThat(commands.json().get("testAccuracy").asDouble()).isGreaterThan(0.9);
    for (int i = 0; i < names.size(); i++) {
      assertThat(commands.json().at("/classes/" + i + "/name").asText()).isEqualTo(names.get(i));
    }

    int right = 0;
    for (int label = 0; label < names.size(); label++) {
      Path picture = folder.resolve("picture.png");
      ImageIO.write(sign(label, new Random(100 + label)), "png", picture.toFile());
      assertThat(commands.run("predict", model.toString(), picture.toString()))
          .as(commands.error())
          .isZero();
      right += commands.said().contains(picture + ": " + names.get(label) + " (") ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(names.size() * 8 / 10);

    assertThat(commands.run("info", model.toString(), "--json")).as(commands.error()).isZero();
    assertThat(commands.json().get("classNames")).hasSize(names.size());
    assertThat(commands.json().get("classNames").get(1).asText()).isEqualTo(names.get(1));
    assertThat(commands.run("info", model.toString())).isZero();
    assertThat(commands.said().contains(" classes: " + String.join(", ", names)))
        .isEqualTo(!digits);
  }

  /**
   * Light on black, 19 pixels wide, the same turned by half: like MNIST's digits, so a network is
   * shown just these pixels. A square and its mirror image say the class, one of 27.
   */
  private static BufferedImage sign(int label, Random random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(120, 120, 120));
    g.fillRect(5, 5, 2, 2);
    g.fillRect(22, 5, 2, 2);
    g.fillRect(5, 22, 2, 2);
    g.fillRect(22, 22, 2, 2);
    g.setColor(Color.WHITE);
    int x = 5 + label % 9 * 2;
    int y = 5 + label / 9 * 3 + random.nextInt(2);
    g.fillRect(x, y, 2, 2);
    g.fillRect(SIDE - 1 - x, SIDE - 1 - y, 2, 2);
    g.dispose();
    return image;
  }

  private static byte[] pixels(BufferedImage image) {
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = (byte) image.getRaster().getSample(i % SIDE, i / SIDE, 0);
    }
    return pixels;
  }

  private void writeIdx(
      String place,
      String prefix,
      String test,
      int classes,
      int lowest,
      boolean transposed,
      boolean gz)
      throws IOException {
    Path directory = Files.createDirectory(folder.resolve(place));
    for (String part : List.of("train", test)) {
      int count = part.equals("train") ? 60 * classes : 10 * classes;
      Random random = new Random(count);
      byte[] all = new byte[count * PIXELS];
      byte[] labels = new byte[count];
      for (int i = 0; i < count; i++) {
        int label = i < classes ? i : random.nextInt(classes);
        labels[i] = (byte) (label + lowest);
        byte[] pixels = pixels(sign(label, random));
        for (int k = 0; k < PIXELS; k++) {
          int from = transposed ? k % SIDE * SIDE + k / SIDE : k;
          all[i * PIXELS + k] = pixels[from];
        }
      }
      byte[] images = IdxBytes.idx(0x08, all, count, SIDE, SIDE);
      byte[] answers = IdxBytes.idx(0x08, labels, count);
      String end = gz ? ".gz" : "";
      Files.write(
          directory.resolve(prefix + part + "-images-idx3-ubyte" + end),
          gz ? IdxBytes.gz(images) : images);
      Files.write(
          directory.resolve(prefix + part + "-labels-idx1-ubyte" + end),
          gz ? IdxBytes.gz(answers) : answers);
    }
  }
}
