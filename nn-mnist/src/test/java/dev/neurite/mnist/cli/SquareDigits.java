package dev.neurite.mnist.cli;

import dev.neurite.mnist.files.IdxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A small data set that is easily learned: a bright square whose place says the class. */
final class SquareDigits {
  private static final int SIDE = 28;

  private SquareDigits() {}

  /** Writes the four files into a folder that exists. */
  static void write(Path folder, int train, int test) throws IOException {
    writeImages(folder, "train", train, 1);
    writeImages(folder, "t10k", test, 2);
  }

  private static void writeImages(Path data, String prefix, int count, long seed)
      throws IOException {
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
}
