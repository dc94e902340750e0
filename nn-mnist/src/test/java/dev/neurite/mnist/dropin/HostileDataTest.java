package dev.neurite.mnist.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.neurite.mnist.digit.ImageFileReader;
import dev.neurite.mnist.digit.UnreadableImageException;
import dev.neurite.mnist.files.IdxBytes;
import dev.neurite.mnist.files.IdxFormatException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of data against files that are cut, flipped, stretched and lied to: right or refused
 * in words, within bounds of memory and time.
 *
 * <p>A thousand files for each reader, more with {@code -Dneurite.fuzz.cases=10000}. A failure
 * names its seed; {@code seed} alone makes the file.
 */
class HostileDataTest {
  private static final int CASES = Integer.getInteger("neurite.fuzz.cases", 1000);
  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;

  /** What reading may take beyond four times the files: buffers, tables of decoders. */
  private static final long READER_BYTES = 6 << 20;

  /** Grey values and opacities as floats, colours as stored, before and after sampling. */
  private static final long BYTES_OF_A_PIXEL = 20;

  private static final long LARGEST_PICTURE = 64_000_000;
  private static final long MAX_NANOSECONDS = 2_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;
  private int refused;
  private int read;

  /** What is read. */
  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }

  @BeforeEach
  void begin() {
    refused = 0;
    read = 0;
  }

  @Test
  void idxFilesPlainAndGz() throws IOException {
    List<String> names =
        List.of(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte");
    byte[][] plain = {
      IdxBytes.idx(0x08, noise(12 * PIXELS), 12, SIDE, SIDE),
      IdxBytes.idx(0x08, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1}, 12),
      IdxBytes.idx(0x08, noise(3 * PIXELS), 3, SIDE, SIDE),
      IdxBytes.idx(0x08, new byte[] {9, 0, 3}, 3)
    };
    byte[][] good = new byte[4][];
    for (int i = 0; i < 4; i++) {
      // Under one name plain and gz may stand: content tells them apart.
      good[i] = i % 2 == 0 ? plain[i] : IdxBytes.gz(plain[i]);
      Files.write(folder.resolve(names.get(i)), good[i]);
    }
    for (int i = 0; i < CASES; i++) {
      long seed = 1_000_000L + i;
      Random random = new Random(seed);
      int which = random.nextInt(4);
      byte[] whole = random.nextBoolean() ? plain[which] : IdxBytes.gz(plain[which]);
      Path file = folder.resolve(names.get(which));
      Files.write(file, corrupted(whole, random));
      check("idx, seed " + seed, sizes(folder), 0, () -> DataPlace.read(folder));
      Files.write(file, good[which]);
    }
    finish("idx");
  }

  @Test
  void spriteSheets() throws IOException {
    Path sheet = folder.resolve(SpriteSheet.IMAGES);
    Path labels = folder.resolve(SpriteSheet.LABELS);
    byte[] oneHot = new byte[13 * 10];
    for (int i = 0; i < 13; i++) {
      oneHot[i * 10 + i % 10] = 1;
    }
    int[] types = {
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_BYTE_INDEXED,
      BufferedImage.TYPE_USHORT_GRAY,
      BufferedImage.TYPE_INT_ARGB
    };
    byte[][] sheets = new byte[types.length][];
    for (int i = 0; i < types.length; i++) {
      sheets[i] = image(PIXELS, 13, types[i], "png");
    }
    Files.write(labels, oneHot);
    for (int i = 0; i < CASES; i++) {
      long seed = 2_000_000L + i;
      Random random = new Random(seed);
      byte[] good = sheets[random.nextInt(sheets.length)];
      boolean inLabels = random.nextInt(5) == 0;
      Files.write(sheet, inLabels ? good : corrupted(good, random));
      Files.write(labels, inLabels ? corrupted(oneHot, random) : oneHot);
      check("sprite sheet, seed " + seed, sizes(folder), 14 * PIXELS, () -> DataPlace.read(folder));
    }
    finish("sprite sheets");
  }

  @Test
  void pictures() throws IOException {
    byte[][] good = {
      image(40, 30, BufferedImage.TYPE_BYTE_GRAY, "png"),
      image(40, 30, BufferedImage.TYPE_INT_ARGB, "png"),
      image(40, 30, BufferedImage.TYPE_BYTE_INDEXED, "png"),
      image(40, 30, BufferedImage.TYPE_BYTE_BINARY, "png"),
      image(40, 30, BufferedImage.TYPE_BYTE_GRAY, "jpg"),
      image(40, 30, BufferedImage.TYPE_INT_RGB, "jpg"),
      image(40, 30, BufferedImage.TYPE_BYTE_INDEXED, "gif"),
      image(40, 30, BufferedImage.TYPE_INT_RGB, "bmp"),
      image(40, 30, BufferedImage.TYPE_INT_RGB, "tif"),
    };
    Path file = folder.resolve("picture");
    for (int i = 0; i < CASES; i++) {
      long seed = 3_000_000L + i;
      Random random = new Random(seed);
      byte[] bad = corrupted(good[random.nextInt(good.length)], random);
      Files.write(file, bad);
      check(
          "picture, seed " + seed,
          bad.length,
          claimedPixels(file),
          () -> ImageFileReader.read(file));
    }
    finish("pictures");
  }

  @Test
  void foldersOfPictures() throws IOException {
    byte[][] good = {
      image(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY, "png"),
      image(50, 40, BufferedImage.TYPE_INT_RGB, "jpg"),
    };
    for (String name : List.of("train/a/1.png", "train/b/2.jpg", "test/a/3.jpg")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, good[name.endsWith("png") ? 0 : 1]);
    }
    Path file = folder.resolve("train/b/2.jpg");
    for (int i = 0; i < CASES; i++) {
      long seed = 4_000_000L + i;
      Random random = new Random(seed);
      byte[] bad = corrupted(good[random.nextInt(2)], random);
      Files.write(file, bad);
      check(
          "folder, seed " + seed,
          bad.length + 2L * good[1].length,
          claimedPixels(file),
          () -> DataPlace.read(folder));
    }
    finish("folders of pictures");
  }

  @Test
  void aHeaderCannotClaimMoreThanItsFileCanHold() throws IOException {
    int checked = 0;
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
      byte[] png = image(40, 30, type, "png");
      for (int[] size :
          new int[][] {{8000, 8000}, {1 << 30, 1 << 30}, {Integer.MAX_VALUE, 1}, {2_000_000, 30}}) {
        ByteBuffer.wrap(png, 16, 8).putInt(size[0]).putInt(size[1]); // in the chunk IHDR
        Path file = Files.write(folder.resolve("claim.png"), png);
        long before = allocated();
        assertThatThrownBy(() -> ImageFileReader.read(file))
            .isInstanceOf(UnreadableImageException.class)
            .hasMessageContaining(size[0] + "×" + size[1] + " pixels")
            .hasMessageContaining("needs at most");
        assertThat(allocated() - before).isLessThan(READER_BYTES);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(8);
  }

  @Test
  void aGzBombIsRefusedWhateverItsHeaderDeclares() throws IOException {
    byte[] bomb = IdxBytes.gz(IdxBytes.idx(0x08, new byte[200_000_000], 200_000_000));
    assertThat(bomb.length).isLessThan(300_000);
    for (String name : List.of("train", "t10k")) {
      Files.write(
          folder.resolve(name + "-images-idx3-ubyte"),
          IdxBytes.idx(0x08, noise(PIXELS), 1, SIDE, SIDE));
      Files.write(folder.resolve(name + "-labels-idx1-ubyte"), bomb);
    }
    long before = allocated();
    assertThatThrownBy(() -> DataPlace.read(folder))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("dimensions 200000000 of 1-byte elements")
        .hasMessageContaining("in so small a gz file");
    assertThat(allocated() - before).isLessThan(READER_BYTES);
  }

  @Test
  void noTrainingImagesIsAFaultOfTheFile() throws IOException {
    for (String name : List.of("train", "t10k")) {
      Files.write(
          folder.resolve(name + "-images-idx3-ubyte"),
          IdxBytes.idx(0x08, new byte[0], 0, SIDE, SIDE));
      Files.write(folder.resolve(name + "-labels-idx1-ubyte"), IdxBytes.idx(0x08, new byte[0], 0));
    }
    assertThatThrownBy(() -> DataPlace.read(folder))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("train-labels-idx1-ubyte: received no labels, needed at least 1");
  }

  /** Reads, and checks what came of it; the first file of all is read twice, to load classes. */
  private void check(String what, long size, long pixels, Reading reading) throws IOException {
    if (refused + read == 0) {
      isRefused(what, reading);
    }
    long before = allocated();
    long begun = THREADS.getCurrentThreadCpuTime();
    boolean no = isRefused(what, reading);
    long nanoseconds = THREADS.getCurrentThreadCpuTime() - begun;
    long taken = allocated() - before;
    refused += no ? 1 : 0;
    read += no ? 0 : 1;
    assertThat(taken)
        .as("bytes taken, %s", what)
        .isLessThan(4 * size + BYTES_OF_A_PIXEL * pixels + READER_BYTES);
    assertThat(nanoseconds).as("nanoseconds taken, %s", what).isLessThan(MAX_NANOSECONDS);
  }

  private boolean isRefused(String what, Reading reading) {
    try {
      reading.read();
      return false;
    } catch (IdxFormatException | UnreadableImageException e) {
      assertThat(e.getMessage()).as(what).startsWith(folder.toString()).hasSizeLessThan(2000);
      return true;
    } catch (IOException e) {
      // A picture of one brightness is whole, and yet no digit.
      assertThat(e.getMessage()).as(what).startsWith(folder.toString()).contains("shows nothing");
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + " gives " + e, e);
    }
  }

  private void finish(String what) {
    System.out.printf("fuzz: %s: %,d files read, %,d refused%n", what, read, refused);
    assertThat(read + refused).isEqualTo(CASES);
    // A reader that takes most corrupt files was not given corrupt files.
    assertThat(refused).isGreaterThan(CASES / 4);
  }

  private static long allocated() {
    long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThat(bytes).isPositive();
    return bytes;
  }

  /** What the header says, of a picture that may be decoded; 0 of all others. */
  private static long claimedPixels(Path file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      return pixels > LARGEST_PICTURE ? 0 : pixels;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private static long sizes(Path directory) throws IOException {
    long sum = 0;
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static byte[] image(int width, int height, int type, String format) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(width);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(3) == 0 ? random.nextInt() : 0xFF000000);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).as(format).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] corrupted(byte[] good, Random random) {
    byte[] bad = good;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bad.length > 16; i++) {
      bad = changed(bad, random);
    }
    return bad;
  }

  /** Cut, flipped, overwritten, shortened, repeated, a number of the header changed, longer. */
  private static byte[] changed(byte[] good, Random random) {
    int at = random.nextInt(random.nextBoolean() ? Math.min(64, good.length) : good.length);
    switch (random.nextInt(7)) {
      case 0 -> {
        return Arrays.copyOf(good, random.nextInt(good.length));
      }
      case 1 -> {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << random.nextInt(8));
        return bad;
      }
      case 2 -> {
        byte[] bad = good.clone();
        for (int i = at; i < Math.min(bad.length, at + 1 + random.nextInt(64)); i++) {
          bad[i] = (byte) random.nextInt(256);
        }
        return bad;
      }
      case 3 -> {
        int to = Math.min(good.length, at + 1 + random.nextInt(64));
        ByteArrayOutputStream bad = new ByteArrayOutputStream();
        bad.write(good, 0, at);
        bad.write(good, to, good.length - to);
        return bad.toByteArray();
      }
      case 4 -> {
        int many = 1 + random.nextInt(Math.min(2000, good.length - at));
        ByteArrayOutputStream bad = new ByteArrayOutputStream();
        bad.write(good, 0, at);
        bad.write(good, at, many);
        bad.write(good, at, good.length - at);
        return bad.toByteArray();
      }
      case 5 -> {
        byte[] bad = good.clone();
        int value = random.nextInt() >>> random.nextInt(32);
        ByteBuffer.wrap(bad).putInt(random.nextInt(Math.min(40, bad.length - 4)), value);
        return bad;
      }
      default -> {
        return Arrays.copyOf(good, good.length + 1 + random.nextInt(100));
      }
    }
  }
}
