package dev.neurite.mnist.augment;

import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.data.EpochDataset;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;

/**
 * Square images, changed in every epoch as an {@link Augmentation} says.
 *
 * <p>An image of an epoch is made when it is copied, on the copying thread: a pure function of
 * (seed, epoch, index), for any number of threads. As a dataset it shows the images unchanged.
 */
public final class AugmentedDataset implements EpochDataset {
  /** Random numbers of an image: turn, shear, two scales, two moves, fields and their mixture. */
  private static final int NUMBERS = 16;

  private final Dataset originals;
  private final Augmentation augmentation;
  private final int side;
  private final RandomStream random;
  private final float[] fields;

  /** The padded original of the image that a thread works on; its border stays 0. */
  private final ThreadLocal<float[]> padded;

  /**
   * Wraps images.
   *
   * @param originals square images of one channel, 0 background
   * @param augmentation how they are changed
   * @param seed of the random numbers
   * @throws IllegalArgumentException if the images are not square
   */
  public AugmentedDataset(Dataset originals, Augmentation augmentation, long seed) {
    side = (int) Math.round(Math.sqrt(originals.features()));
    if (side * side != originals.features()) {
      throw new IllegalArgumentException(
          "augmentation needs square images, received %d features".formatted(originals.features()));
    }
    this.originals = originals;
    this.augmentation = augmentation;
    random = RandomStream.of(seed, RandomPurpose.AUGMENTATION, 0);
    fields =
        augmentation.alpha() == 0
            ? new float[0]
            : SmoothFields.make(seed, side, augmentation.sigma(), augmentation.alpha());
    padded = ThreadLocal.withInitial(() -> new float[(side + 2) * (side + 2)]);
  }

  @Override
  public Dataset epoch(int epoch) {
    return new Epoch(epoch);
  }

  @Override
  public int size() {
    return originals.size();
  }

  @Override
  public int features() {
    return originals.features();
  }

  @Override
  public int outputs() {
    return originals.outputs();
  }

  @Override
  public int label(int index) {
    return originals.label(index);
  }

  @Override
  public void copyFeatures(int index, float[] target, int offset) {
    originals.copyFeatures(index, target, offset);
  }

  @Override
  public void copyTargets(int index, float[] target, int offset) {
    originals.copyTargets(index, target, offset);
  }

  @Override
  public double density() {
    return originals.density();
  }

  /** The images as they are in one epoch. */
  private final class Epoch implements Dataset {
    private final int epoch;

    Epoch(int epoch) {
      this.epoch = epoch;
    }

    @Override
    public int size() {
      return originals.size();
    }

    @Override
    public int features() {
      return originals.features();
    }

    @Override
    public int outputs() {
      return originals.outputs();
    }

    @Override
    public int label(int index) {
      return originals.label(index);
    }

    @Override
    public void copyTargets(int index, float[] target, int offset) {
      originals.copyTargets(index, target, offset);
    }

    @Override
    public double density() {
      return originals.density();
    }

    @Override
    public void copyFeatures(int index, float[] target, int offset) {
      originals.copyFeatures(index, target, offset);
      float[] source = padded.get();
      for (int y = 0; y < side; y++) {
        System.arraycopy(target, offset + y * side, source, (y + 1) * (side + 2) + 1, side);
      }
      sample(source, index, target, offset);
    }

    private double within(int index, int number, double amount) {
      return amount * (2 * random.uniformDouble(epoch, index * NUMBERS + number) - 1);
    }

    /**
     * Gives each pixel p the value of the original at {@code M⁻¹(p - middle - move) + middle +
     * d(p)}, with the matrix M of turn, shear and scale and the elastic field d; 0 outside the
     * original.
     */
    private void sample(float[] source, int index, float[] target, int offset) {
      double angle = StrictMath.toRadians(within(index, 0, augmentation.rotate()));
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      double shear = within(index, 1, augmentation.shear());
      double inverseX = 1 / (1 + within(index, 2, augmentation.scale()));
      double inverseY = 1 / (1 + within(index, 3, augmentation.scale()));
      // M = turn · shear · scale, so its inverse is 1/scale · (1, -shear; 0, 1) · turn back.
      float xx = (float) (inverseX * (cos + shear * sin));
      float xy = (float) (inverseX * (sin - shear * cos));
      float yx = (float) (inverseY * -sin);
      float yy = (float) (inverseY * cos);
      float middle = (side - 1) / 2f;
      float fromX = middle + (float) within(index, 4, augmentation.shift());
      float fromY = middle + (float) within(index, 5, augmentation.shift());
      // One is added for the padding.
      float startX = middle + 1 - xx * fromX - xy * fromY;
      float startY = middle + 1 - yx * fromX - yy * fromY;
      boolean elastic = fields.length > 0;
      int field1 = 0;
      int field2 = 0;
      float weight1 = 0;
      float weight2 = 0;
      if (elastic) {
        int first = random.below(epoch, index * NUMBERS + 6, SmoothFields.COUNT);
        int step = 1 + random.below(epoch, index * NUMBERS + 7, SmoothFields.COUNT - 1);
        field1 = side * side * first;
        field2 = side * side * ((first + step) % SmoothFields.COUNT);
        double mixture = Math.PI * (1 + within(index, 8, 1));
        weight1 = (float) StrictMath.cos(mixture);
        weight2 = (float) StrictMath.sin(mixture);
      }
      int stride = side + 2;
      float largest = side + 0.999f;
      for (int y = 0; y < side; y++) {
        float rowX = startX + xy * y;
        float rowY = startY + yy * y;
        for (int x = 0; x < side; x++) {
          float px = rowX + xx * x;
          float py = rowY + yx * x;
          if (elastic) {
            int at = y * side + x;
            // The two directions are mixed at right angles to each other: independent fields.
            px += weight1 * fields[field1 + at] + weight2 * fields[field2 + at];
            py += weight1 * fields[field2 + at] - weight2 * fields[field1 + at];
          }
          float value = 0;
          if (px > 0 && py > 0 && px < largest && py < largest) {
            int x0 = (int) px;
            int y0 = (int) py;
            float tx = px - x0;
            float ty = py - y0;
            int corner = y0 * stride + x0;
            float upper = source[corner] + tx * (source[corner + 1] - source[corner]);
            float lower =
                source[corner + stride]
                    + tx * (source[corner + stride + 1] - source[corner + stride]);
            value = upper + ty * (lower - upper);
          }
          target[offset + y * side + x] = value;
        }
      }
    }
  }
}
