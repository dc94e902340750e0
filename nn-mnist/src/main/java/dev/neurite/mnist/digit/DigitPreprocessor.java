package dev.neurite.mnist.digit;

import java.util.Arrays;
import java.util.Optional;

/**
 * Brings a picture of one digit into the form of MNIST: the steps by which MNIST itself was made.
 *
 * <ol>
 *   <li>The <b>background</b> is the median brightness of the border. The ink is what differs from
 *       it on the side, darker or lighter, that has the larger sum of squared differences. Twice
 *       the difference that 90 % of the border pixels stay within counts as noise and is taken off;
 *       the rest is stretched to 0...1.
 *   <li>The picture is <b>cropped</b> to the ink stronger than 5 % of the strongest.
 *   <li>Its longest side is <b>scaled</b> to 20 pixels by area averaging, aspect kept.
 *   <li>It is <b>placed</b> in 28×28 so that its centre of mass is at pixel 14, 14, to parts of a
 *       pixel: with pixel centres at whole numbers, every MNIST digit has it in [13.5, 14.5) both
 *       ways. Ink is never pushed over the edge for it.
 *   <li>It is softly <b>blurred</b> by a Gaussian, each weight of which is averaged over its pixel;
 *       then its brightness is <b>stretched</b> so that the strongest pixel is 1.
 * </ol>
 *
 * <p>A picture that is finished already is not resampled: if it is 28×28, light on an exactly black
 * background, and its ink is 19 or 20 pixels on the longest side, step 3, parts of a pixel and the
 * blur are left out and step 2 keeps the faintest ink. By its centre of mass such a digit lands
 * where it was, so an MNIST digit comes out as it is, but for brightness if its strongest pixel is
 * not 255.
 *
 * @param blurSigma standard deviation of the Gaussian blur in pixels of a drawing ten times as
 *     large as the digit, in [0, {@link #LARGEST_BLUR_SIGMA}]; 0 for none
 */
public record DigitPreprocessor(double blurSigma) {
  /** Width and height of a digit in pixels. */
  public static final int SIDE = 28;

  /** The strongest blur in pixels of the drawing. */
  public static final double LARGEST_BLUR_SIGMA = 3;

  /** The usual blur in pixels of the drawing. */
  public static final double DEFAULT_BLUR_SIGMA = 2;

  private static final int INK_SIDE = 20;
  private static final int FINISHED_INK_SIDE = 19;
  private static final int CENTRE = 14;
  private static final int LARGEST_PICTURE_SIDE = 2048;
  private static final double DRAWING_SCALE = 10;
  private static final int INTEGRATION_POINTS = 64;

  /** Below this difference from the background, on a scale of 0 to 1, there is no ink. */
  private static final float SMALLEST_CONTRAST = 0.05f;

  private static final float CROP_THRESHOLD = 0.05f;
  private static final double NOISE_QUANTILE = 0.9;
  private static final float LARGEST_NOISE_SHARE = 0.5f;

  /** Checks the blur. */
  public DigitPreprocessor {
    if (!(blurSigma >= 0 && blurSigma <= LARGEST_BLUR_SIGMA)) {
      throw new IllegalArgumentException(
          "blur sigma is %s pixels, needs 0...%s".formatted(blurSigma, LARGEST_BLUR_SIGMA));
    }
  }

  /** With the usual blur: 2 pixels of the drawing, a fifth of a pixel of the digit. */
  public DigitPreprocessor() {
    this(DEFAULT_BLUR_SIGMA);
  }

  /**
   * Takes a picture through all steps. A pure function.
   *
   * @param original a picture of any size, dark on light or light on dark
   * @return every step, or empty if there is no ink: nothing differs from the background by 5 % of
   *     the range from black to white
   */
  public Optional<DigitStages> prepare(GreyImage original) {
    int longest = Math.max(original.width(), original.height());
    GreyImage picture =
        longest <= LARGEST_PICTURE_SIDE
            ? original
            : AreaScaling.reduce(
                original, (longest + LARGEST_PICTURE_SIDE - 1) / LARGEST_PICTURE_SIDE);
    float[] border = borderOf(picture);
    float background = quantile(border, 0.5);
    boolean darkOnLight = isDarkOnLight(picture, background);
    return inkOf(picture, border, background, darkOnLight)
        .map(
            ink -> {
              boolean finished = !darkOnLight && background == 0f && isFinished(ink);
              return finish(picture, darkOnLight, ink, finished);
            });
  }

  /** Steps 2 to 5. */
  private DigitStages finish(
      GreyImage picture, boolean darkOnLight, GreyImage ink, boolean finished) {
    Box box = Box.around(ink, finished ? 0f : CROP_THRESHOLD);
    GreyImage cropped = box.cut(ink);
    GreyImage scaled = finished ? cropped : AreaScaling.toLongestSide(cropped, INK_SIDE);
    int placedX = placement(massByColumn(scaled));
    int placedY = placement(massByRow(scaled));
    float[] digit = new float[SIDE * SIDE];
    for (int y = 0; y < scaled.height(); y++) {
      System.arraycopy(
          scaled.pixels(),
          y * scaled.width(),
          digit,
          (placedY + y) * SIDE + placedX,
          scaled.width());
    }
    if (!finished) {
      moveByPart(digit, 1, remainder(massByColumn(scaled), placedX));
      moveByPart(digit, SIDE, remainder(massByRow(scaled), placedY));
      blur(digit);
    }
    stretch(digit);
    return new DigitStages(
        picture,
        darkOnLight,
        ink,
        box.x,
        box.y,
        cropped,
        scaled,
        placedX,
        placedY,
        new GreyImage(digit, SIDE, SIDE));
  }

  private static float[] borderOf(GreyImage picture) {
    int width = picture.width();
    int height = picture.height();
    float[] border = new float[2 * (width + height)];
    int count = 0;
    for (int x = 0; x < width; x++) {
      border[count++] = picture.at(x, 0);
      border[count++] = picture.at(x, height - 1);
    }
    for (int y = 0; y < height; y++) {
      border[count++] = picture.at(0, y);
      border[count++] = picture.at(width - 1, y);
    }
    return border;
  }

  private static float quantile(float[] values, double share) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }

  private static boolean isDarkOnLight(GreyImage picture, float background) {
    double balance = 0;
    for (float value : picture.pixels()) {
      double difference = value - background;
      balance += difference * Math.abs(difference);
    }
    return balance < 0;
  }

  /** Step 1; empty if there is no ink. */
  private static Optional<GreyImage> inkOf(
      GreyImage picture, float[] border, float background, boolean darkOnLight) {
    float[] ink = new float[picture.pixels().length];
    float strongest = 0f;
    for (int i = 0; i < ink.length; i++) {
      float difference = picture.pixels()[i] - background;
      ink[i] = Math.max(0f, darkOnLight ? -difference : difference);
      strongest = Math.max(strongest, ink[i]);
    }
    if (strongest < SMALLEST_CONTRAST) {
      return Optional.empty();
    }
    float[] borderDifferences = new float[border.length];
    for (int i = 0; i < border.length; i++) {
      borderDifferences[i] = Math.abs(border[i] - background);
    }
    float noise =
        Math.min(2 * quantile(borderDifferences, NOISE_QUANTILE), LARGEST_NOISE_SHARE * strongest);
    for (int i = 0; i < ink.length; i++) {
      ink[i] = Math.max(0f, ink[i] - noise) / (strongest - noise);
    }
    return Optional.of(new GreyImage(ink, picture.width(), picture.height()));
  }

  private static boolean isFinished(GreyImage ink) {
    if (ink.width() != SIDE || ink.height() != SIDE) {
      return false;
    }
    Box box = Box.around(ink, 0f);
    int side = Math.max(box.width, box.height);
    return side >= FINISHED_INK_SIDE && side <= INK_SIDE;
  }

  /** Where the first pixel goes so that the centre of mass comes nearest to the centre. */
  private static int placement(double[] mass) {
    double moment = 0;
    double total = 0;
    for (int i = 0; i < mass.length; i++) {
      moment += mass[i] * i;
      total += mass[i];
    }
    int wanted = (int) Math.ceil(CENTRE - moment / total - 0.5);
    return Math.max(0, Math.min(SIDE - mass.length, wanted));
  }

  /**
   * By which part of a pixel the centre of mass is still before the centre; 0 where the ink has no
   * room for it.
   */
  private static double remainder(double[] mass, int placed) {
    double moment = 0;
    double total = 0;
    for (int i = 0; i < mass.length; i++) {
      moment += mass[i] * i;
      total += mass[i];
    }
    double wanted = CENTRE - moment / total;
    return wanted < 0 || wanted > SIDE - mass.length ? 0 : wanted - placed;
  }

  /**
   * Moves the digit by a part of a pixel, right or down where it is above 0: linearly between the
   * pixels. Rounding instead would move one digit in three by a whole pixel against its original.
   */
  private static void moveByPart(float[] digit, int stride, double part) {
    if (part == 0) {
      return;
    }
    float[] still = digit.clone();
    int from = part > 0 ? -1 : 1;
    float share = (float) Math.abs(part);
    for (int i = 0; i < digit.length; i++) {
      int along = i / stride % SIDE + from;
      float other = along < 0 || along >= SIDE ? 0 : still[i + from * stride];
      digit[i] = still[i] + share * (other - still[i]);
    }
  }

  private static double[] massByColumn(GreyImage image) {
    double[] mass = new double[image.width()];
    for (int i = 0; i < image.pixels().length; i++) {
      mass[i % image.width()] += image.pixels()[i];
    }
    return mass;
  }

  private static double[] massByRow(GreyImage image) {
    double[] mass = new double[image.height()];
    for (int i = 0; i < image.pixels().length; i++) {
      mass[i / image.width()] += image.pixels()[i];
    }
    return mass;
  }

  /** Gaussian blur, first along rows, then along columns; what leaves the picture is lost. */
  private void blur(float[] digit) {
    if (blurSigma == 0) {
      return;
    }
    double sigma = blurSigma / DRAWING_SCALE;
    double[] weights = new double[SIDE];
    double total = 0;
    for (int distance = 0; distance < SIDE; distance++) {
      weights[distance] = gaussianShare(distance, sigma);
      total += (distance == 0 ? 1 : 2) * weights[distance];
    }
    for (int stride : new int[] {1, SIDE}) {
      float[] sharp = digit.clone();
      for (int i = 0; i < digit.length; i++) {
        int along = i / stride % SIDE;
        double sum = 0;
        for (int other = 0; other < SIDE; other++) {
          sum += weights[Math.abs(other - along)] * sharp[i + (other - along) * stride];
        }
        digit[i] = (float) (sum / total);
      }
    }
  }

  /** The part of a Gaussian around 0 that falls on the pixel at a distance. */
  private static double gaussianShare(int distance, double sigma) {
    double sum = 0;
    for (int i = 0; i < INTEGRATION_POINTS; i++) {
      double place = distance - 0.5 + (i + 0.5) / INTEGRATION_POINTS;
      sum += Math.exp(-place * place / (2 * sigma * sigma));
    }
    return sum;
  }

  private static void stretch(float[] digit) {
    float strongest = 0f;
    for (float value : digit) {
      strongest = Math.max(strongest, value);
    }
    for (int i = 0; i < digit.length; i++) {
      digit[i] /= strongest;
    }
  }

  /** A rectangle of pixels. */
  private record Box(int x, int y, int width, int height) {
    /** The smallest box with all pixels above a threshold; there must be one. */
    static Box around(GreyImage image, float threshold) {
      int left = image.width();
      int right = -1;
      int top = image.height();
      int bottom = -1;
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          if (image.at(x, y) > threshold) {
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = y;
          }
        }
      }
      return new Box(left, top, right - left + 1, bottom - top + 1);
    }

    GreyImage cut(GreyImage image) {
      float[] pixels = new float[width * height];
      for (int row = 0; row < height; row++) {
        System.arraycopy(image.pixels(), (y + row) * image.width() + x, pixels, row * width, width);
      }
      return new GreyImage(pixels, width, height);
    }
  }
}
