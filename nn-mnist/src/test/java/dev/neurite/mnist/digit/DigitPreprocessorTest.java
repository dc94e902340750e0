package dev.neurite.mnist.digit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.RealMnist;
import dev.neurite.nn.data.Dataset;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitPreprocessorTest {
  private static final float ROUNDING = 1e-5f;

  /**
   * The strongest pixel of every MNIST digit is 254 or 255, so stretching changes next to nothing.
   */
  private static final float STRETCHED = 1 / 254f;

  private final DigitPreprocessor preprocessor = new DigitPreprocessor(0);

  @Test
  void showsEveryStepOfADrawnBar() {
    // Ink of brightness 0.5 on black, 40 wide and 80 high, in a canvas of 200×300.
    GreyImage picture = rectangle(200, 300, 0f, .5f, 30, 50, 40, 80);
    DigitStages stages = preprocessor.prepare(picture).orElseThrow();
    assertThat(stages.picture()).isEqualTo(picture);
    assertThat(stages.darkOnLight()).isFalse();
    assertThat(stages.ink().width()).isEqualTo(200);
    assertThat(stages.ink().at(30, 50)).isEqualTo(1f);
    assertThat(stages.ink().at(29, 50)).isZero();
    assertThat(stages.inkX()).isEqualTo(30);
    assertThat(stages.inkY()).isEqualTo(50);
    assertThat(stages.cropped().width()).isEqualTo(40);
    assertThat(stages.cropped().height()).isEqualTo(80);
    assertThat(stages.scaled().width()).isEqualTo(10);
    assertThat(stages.scaled().height()).isEqualTo(20);
    // Centres of mass: 4.5 and 9.5 before, 14 after: between two pixels, half of the edge on each.
    assertThat(stages.placedX()).isEqualTo(9);
    assertThat(stages.placedY()).isEqualTo(4);
    float[] expected = new float[28 * 28];
    for (int y = 4; y <= 24; y++) {
      for (int x = 9; x <= 19; x++) {
        expected[y * 28 + x] = (x == 9 || x == 19 ? .5f : 1f) * (y == 4 || y == 24 ? .5f : 1f);
      }
    }
    assertThat(distance(stages.digit().pixels(), expected)).isLessThan(ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,0", ".2,.9", ".8,.3", ".45,.1", ".6,.95", "0,.06"})
  void theDigitDoesNotDependOnInkOrPaper(float paper, float ink) {
    DigitStages stages = preprocessor.prepare(drawing(paper, ink)).orElseThrow();
    assertThat(stages.darkOnLight()).isEqualTo(ink < paper);
    float[] expected = preprocessor.prepare(drawing(0f, 1f)).orElseThrow().digit().pixels();
    assertThat(distance(stages.digit().pixels(), expected)).isLessThan(1e-4f);
  }

  @Test
  void theCentreOfMassIsInTheMiddle() {
    float[] digit = preprocessor.prepare(drawing(1f, 0f)).orElseThrow().digit().pixels();
    assertThat(centre(digit, 1)).isCloseTo(14, within(1e-4));
    assertThat(centre(digit, 28)).isCloseTo(14, within(1e-4));
  }

  @Test
  void noInkIsPushedOverTheEdge() {
    // Nearly all the mass at the left end of a long thin tail.
    float[] pixels = new float[100 * 100];
    for (int y = 45; y < 55; y++) {
      Arrays.fill(pixels, y * 100 + 10, y * 100 + 20, 1f);
    }
    Arrays.fill(pixels, 50 * 100 + 20, 50 * 100 + 90, .2f);
    DigitStages stages = preprocessor.prepare(new GreyImage(pixels, 100, 100)).orElseThrow();
    assertThat(stages.scaled().width()).isEqualTo(20);
    assertThat(stages.placedX()).isEqualTo(8);
    assertThat(sum(stages.digit().pixels()) * max(stages.scaled().pixels()))
        .isCloseTo(sum(stages.scaled().pixels()), within(1e-2));
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, .5f, 1f})
  void aPictureOfOneBrightnessHasNoInk(float brightness) {
    for (int side : new int[] {1, 2, 28, 300}) {
      float[] pixels = new float[side * side];
      Arrays.fill(pixels, brightness);
      assertThat(preprocessor.prepare(new GreyImage(pixels, side, side))).isEmpty();
      pixels[side / 2] = brightness < .5f ? brightness + .04f : brightness - .04f;
      assertThat(preprocessor.prepare(new GreyImage(pixels, side, side))).isEmpty();
    }
  }

  @Test
  void aSingleDotBecomesABlob() {
    DigitStages stages =
        preprocessor.prepare(rectangle(50, 60, 1f, 0f, 49, 59, 1, 1)).orElseThrow();
    assertThat(stages.inkX()).isEqualTo(49);
    assertThat(stages.cropped().pixels()).containsExactly(1f);
    assertThat(sum(stages.digit().pixels())).isCloseTo(400, within(.1));
  }

  @Test
  void everySmallSizeWorks() {
    Random random = new Random(9);
    int digits = 0;
    for (int width = 1; width <= 30; width++) {
      for (int height = 1; height <= 30; height++) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = random.nextFloat();
        }
        for (double sigma : new double[] {0, 3}) {
          var stages = new DigitPreprocessor(sigma).prepare(new GreyImage(pixels, width, height));
          if (stages.isPresent()) {
            assertThat(max(stages.get().digit().pixels())).isEqualTo(1f);
            digits++;
          }
        }
      }
    }
    assertThat(digits).isGreaterThan(1_000);
  }

  @Test
  void hugeAndExtremePicturesAreReduced() {
    DigitStages huge =
        preprocessor.prepare(rectangle(3999, 2999, .9f, .1f, 1000, 500, 500, 1000)).orElseThrow();
    assertThat(huge.picture().width()).isEqualTo(2000);
    assertThat(huge.picture().height()).isEqualTo(1500);
    assertThat(sum(huge.digit().pixels())).isCloseTo(200, within(10.0));
    DigitStages line =
        preprocessor.prepare(rectangle(1, 1_000_000, 0f, 1f, 0, 300_000, 1, 400_000)).orElseThrow();
    assertThat(line.scaled().height()).isEqualTo(20);
  }

  @Test
  void paperWithNoiseIsStillPaper() {
    GreyImage clean = drawing(.8f, .1f);
    float[] noisy = clean.pixels().clone();
    Random random = new Random(11);
    for (int i = 0; i < noisy.length; i++) {
      double light = .1 * (i % clean.width()) / clean.width(); // brighter to the right
      noisy[i] = (float) Math.max(0, Math.min(1, noisy[i] + light + .02 * random.nextGaussian()));
    }
    DigitStages stages =
        preprocessor.prepare(new GreyImage(noisy, clean.width(), clean.height())).orElseThrow();
    DigitStages expected = preprocessor.prepare(clean).orElseThrow();
    assertThat(stages.darkOnLight()).isTrue();
    assertThat(stages.inkX()).isCloseTo(expected.inkX(), within(2));
    assertThat(stages.inkY()).isCloseTo(expected.inkY(), within(2));
    assertThat(distance(stages.digit().pixels(), expected.digit().pixels())).isLessThan(.35f);
  }

  @Test
  void blurSpreadsInkWithoutMovingIt() {
    // An uneven block with its middle near its centre of mass: no blurred ink reaches the edge.
    GreyImage picture = rectangle(200, 200, 0f, 1f, 30, 50, 60, 80);
    Arrays.fill(picture.pixels(), 60 * 200 + 40, 60 * 200 + 80, .3f);
    float[] sharp = preprocessor.prepare(picture).orElseThrow().digit().pixels();
    float[] soft = new DigitPreprocessor(3).prepare(picture).orElseThrow().digit().pixels();
    assertThat(centre(soft, 1)).isCloseTo(centre(sharp, 1), within(1e-4));
    assertThat(centre(soft, 28)).isCloseTo(centre(sharp, 28), within(1e-4));
    assertThat(max(soft)).isEqualTo(1f);
    assertThat(sum(soft)).isCloseTo(sum(sharp), within(1e-3));
    assertThat(inked(soft)).isGreaterThan(inked(sharp));
    for (double sigma : new double[] {-1, 3.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new DigitPreprocessor(sigma));
    }
  }

  @Test
  void aSmallDigitOfTheRightCanvasIsStillScaledAndCentred() {
    DigitStages stages = preprocessor.prepare(rectangle(28, 28, 0f, 1f, 1, 1, 5, 10)).orElseThrow();
    assertThat(stages.scaled().height()).isEqualTo(20);
    assertThat(stages.placedX()).isEqualTo(9);
  }

  @Test
  void mnistDigitsComeOutAsTheyAre() throws IOException {
    Dataset test = MnistData.load(RealMnist.directory()).test();
    int unchanged = 0;
    for (int row = 0; row < test.size(); row++) {
      float[] pixels = new float[784];
      test.copyFeatures(row, pixels, 0);
      DigitStages stages = preprocessor.prepare(new GreyImage(pixels, 28, 28)).orElseThrow();
      if (distance(stages.digit().pixels(), pixels) <= STRETCHED) {
        unchanged++;
      }
    }
    assertThat(unchanged).isEqualTo(test.size());
  }

  @Test
  void enlargedMnistDigitsComeBackNearly() throws IOException {
    Dataset test = MnistData.load(RealMnist.directory()).test();
    double changes = 0;
    for (int row = 0; row < 200; row++) {
      float[] pixels = new float[784];
      test.copyFeatures(row, pixels, 0);
      float[] inverted = new float[112 * 112];
      for (int i = 0; i < inverted.length; i++) {
        inverted[i] = 1 - pixels[i / 112 / 4 * 28 + i % 112 / 4];
      }
      DigitStages stages = preprocessor.prepare(new GreyImage(inverted, 112, 112)).orElseThrow();
      float[] expected = movedToTheMiddle(pixels);
      double change = 0;
      for (int i = 0; i < 784; i++) {
        change += Math.abs(stages.digit().pixels()[i] - expected[i]);
      }
      changes += change / sum(pixels);
    }
    // What is left comes from faint edges that the crop leaves out.
    assertThat(changes / 200).as("changed ink as a share of all ink").isLessThan(.05);
  }

  /**
   * An MNIST digit, which has its centre of mass within half a pixel of pixel 14, moved there:
   * sampled bilinearly.
   */
  private static float[] movedToTheMiddle(float[] digit) {
    double right = 14 - centre(digit, 1);
    double down = 14 - centre(digit, 28);
    float[] moved = new float[784];
    for (int i = 0; i < moved.length; i++) {
      double x = i % 28 - right;
      double y = i / 28 - down;
      double sum = 0;
      for (int j = 0; j < digit.length; j++) {
        sum +=
            digit[j]
                * Math.max(0, 1 - Math.abs(j % 28 - x))
                * Math.max(0, 1 - Math.abs(j / 28 - y));
      }
      moved[i] = (float) sum;
    }
    return moved;
  }

  /** A thick "7" of anti-aliased strokes, off the centre of a canvas of 150×180. */
  private static GreyImage drawing(float paper, float ink) {
    float[] pixels = new float[150 * 180];
    for (int y = 0; y < 180; y++) {
      for (int x = 0; x < 150; x++) {
        double bar = Math.hypot(x - Math.max(30, Math.min(80, x)), y - 40);
        double along = Math.max(0, Math.min(100, y - 40));
        double stem = Math.hypot(x - (80 - .4 * along), y - (40 + along));
        double cover = Math.max(0, Math.min(1, 6.5 - Math.min(bar, stem)));
        pixels[y * 150 + x] = (float) (paper + cover * (ink - paper));
      }
    }
    return new GreyImage(pixels, 150, 180);
  }

  private static GreyImage rectangle(
      int width, int height, float paper, float ink, int x, int y, int inkWidth, int inkHeight) {
    float[] pixels = new float[width * height];
    Arrays.fill(pixels, paper);
    for (int row = y; row < y + inkHeight; row++) {
      Arrays.fill(pixels, row * width + x, row * width + x + inkWidth, ink);
    }
    return new GreyImage(pixels, width, height);
  }

  private static float distance(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    float largest = 0f;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /** Centre of mass along x (stride 1) or y (stride 28), in pixels. */
  private static double centre(float[] digit, int stride) {
    double moment = 0;
    for (int i = 0; i < digit.length; i++) {
      moment += digit[i] * (i / stride % 28);
    }
    return moment / sum(digit);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static int inked(float[] values) {
    int count = 0;
    for (float value : values) {
      count += value > .001f ? 1 : 0;
    }
    return count;
  }

  private static float max(float[] values) {
    float max = 0f;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
