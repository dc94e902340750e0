package dev.neurite.mnist.digit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaScalingTest {
  private static final float ROUNDING = 1e-5f;

  @Test
  void halvingTakesTheMeanOfFourPixels() {
    GreyImage scaled =
        AreaScaling.toLongestSide(
            new GreyImage(new float[] {0, 1, .2f, .4f, 1, 1, .6f, .8f}, 4, 2), 2);
    assertThat(scaled.width()).isEqualTo(2);
    assertThat(scaled.height()).isEqualTo(1);
    assertThat(scaled.pixels()).containsExactly(new float[] {.75f, .5f}, within(ROUNDING));
  }

  @Test
  void aFactorThatIsNoWholeNumberSharesPixels() {
    GreyImage scaled = AreaScaling.toLongestSide(new GreyImage(new float[] {1, 0, .5f}, 3, 1), 2);
    assertThat(scaled.height()).isEqualTo(1);
    // A target pixel is 1.5 source pixels wide; two thirds of its height are covered.
    assertThat(scaled.pixels())
        .containsExactly(new float[] {2 / 3f * 2 / 3f, .5f / 1.5f * 2 / 3f}, within(ROUNDING));
  }

  @Test
  void reducingAveragesBlocksAndWhatIsLeftAtTheEdges() {
    GreyImage picture = new GreyImage(new float[] {0, 1, .2f, .4f, .6f, .8f, 1, 1, .5f}, 3, 3);
    GreyImage reduced = AreaScaling.reduce(picture, 2);
    assertThat(reduced.width()).isEqualTo(2);
    assertThat(reduced.pixels()).containsExactly(new float[] {.5f, .5f, 1, .5f}, within(ROUNDING));
  }

  @Test
  void doublingRepeatsPixels() {
    GreyImage scaled = AreaScaling.toLongestSide(new GreyImage(new float[] {.25f, 1}, 2, 1), 4);
    assertThat(scaled.pixels())
        .containsExactly(new float[] {.25f, .25f, 1, 1, .25f, .25f, 1, 1}, within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({"1,1,20", "300,7,20", "7,300,20", "33,44,20", "20,13,20", "3,3,20", "1,900,20"})
  void theSumOfThePixelsFollowsTheArea(int width, int height, int side) {
    float[] pixels = new float[width * height];
    Random random = new Random(5);
    double sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
      sum += pixels[i];
    }
    GreyImage scaled = AreaScaling.toLongestSide(new GreyImage(pixels, width, height), side);
    assertThat(Math.max(scaled.width(), scaled.height())).isEqualTo(side);
    double scaledSum = 0;
    for (float pixel : scaled.pixels()) {
      scaledSum += pixel;
    }
    double factor = side / (double) Math.max(width, height);
    assertThat(scaledSum).isCloseTo(sum * factor * factor, within(1e-3 * scaledSum));
  }
}
