package dev.neurite.bench;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.nn.data.ByteDataset;
import dev.neurite.nn.data.Dataset;
import java.util.Random;

/** Images of the size of MNIST's, with nothing on them. */
public final class Noise {
  private Noise() {}

  /** Random pixels and classes. */
  public static Dataset images(int count) {
    Random random = new Random(1);
    byte[] pixels = new byte[count * DigitNetwork.INPUTS];
    byte[] labels = new byte[count];
    random.nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(10);
    }
    return new ByteDataset(pixels, DigitNetwork.INPUTS, labels, 10);
  }
}
