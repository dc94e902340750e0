package dev.neurite.mnist.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.mnist.digit.DigitPreprocessor;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.RealMnist;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingListener;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SyntheticDigitsTest {
  private static final SyntheticDigits DIGITS = new SyntheticDigits(1);

  /** Sum of the first 1,000 images; it changes only when the generator is changed. */
  private static final long SUM_OF_FIRST_1000 = 4_186_073_496L;

  /** Of rows of MNIST's training data, after training on synthetic digits only. */
  private static final double ACCURACY_ON_MNIST = 0.90;

  @Test
  void everyImageIsAFunctionOfSeedAndNumber() {
    Dataset all = DIGITS.dataset(0, 1000);
    Dataset part = DIGITS.dataset(700, 720);
    List<byte[]> streamed = DIGITS.stream(700).limit(20).toList();
    float[] one = new float[SyntheticDigits.PIXELS];
    float[] other = new float[SyntheticDigits.PIXELS];
    for (int i = 0; i < 20; i++) {
      all.copyFeatures(700 + i, one, 0);
      part.copyFeatures(i, other, 0);
      assertThat(other).isEqualTo(one);
      assertThat(streamed.get(i)).isEqualTo(DIGITS.pixels(700 + i));
      assertThat(part.label(i)).isEqualTo((700 + i) % 10).isEqualTo(DIGITS.label(700 + i));
      for (int pixel = 0; pixel < one.length; pixel++) {
        assertThat(one[pixel]).isEqualTo((streamed.get(i)[pixel] & 0xFF) / 255f);
      }
    }
    assertThat(new SyntheticDigits(2).pixels(3)).isNotEqualTo(DIGITS.pixels(3));
    assertThat(DIGITS.pixels(13)).isNotEqualTo(DIGITS.pixels(3));
  }

  @Test
  void theSameImagesComeOnEveryMachine() {
    CRC32 sum = new CRC32();
    DIGITS.stream(0).limit(1000).forEach(sum::update);
    assertThat(sum.getValue()).isEqualTo(SUM_OF_FIRST_1000);
  }

  @Test
  void everyImageHasTheFormOfMnist() {
    int inForm = 0;
    for (int i = 0; i < 500; i++) {
      byte[] pixels = DIGITS.pixels(i);
      int left = 28;
      int right = -1;
      int top = 28;
      int bottom = -1;
      double mass = 0;
      double momentX = 0;
      double momentY = 0;
      for (int place = 0; place < pixels.length; place++) {
        int ink = pixels[place] & 0xFF;
        if (ink > 0) {
          left = Math.min(left, place % 28);
          right = Math.max(right, place % 28);
          top = Math.min(top, place / 28);
          bottom = Math.max(bottom, place / 28);
          mass += ink;
          momentX += ink * (place % 28);
          momentY += ink * (place / 28);
        }
      }
      assertThat(Math.max(right - left, bottom - top) + 1).as("ink of %d", i).isBetween(19, 20);
      boolean centred =
          momentX / mass >= 13.5
              && momentX / mass < 14.5
              && momentY / mass >= 13.5
              && momentY / mass < 14.5;
      inForm += centred ? 1 : 0;
    }
    assertThat(inForm).isGreaterThan(490); // the box never leaves the image for the centre
  }

  @Test
  void theWayOfDrawnDigitsLeavesThemAsTheyAre() {
    int same = 0;
    for (int i = 0; i < 200; i++) {
      byte[] pixels = DIGITS.pixels(i);
      float[] grey = new float[pixels.length];
      float strongest = 0;
      for (int place = 0; place < grey.length; place++) {
        grey[place] = (pixels[place] & 0xFF) / 255f;
        strongest = Math.max(strongest, grey[place]);
      }
      Optional<float[]> prepared =
          new DigitPreprocessor(0)
              .prepare(new GreyImage(grey, 28, 28))
              .map(stages -> stages.digit().pixels());
      same += strongest == 1 && Arrays.equals(prepared.orElseThrow(), grey) ? 1 : 0;
    }
    assertThat(same).isGreaterThan(180);
  }

  @Test
  void aStrokeNeedsTwoPoints() {
    assertThatThrownBy(() -> Glyph.of(1, "10,10 20,20 | 5,5"))
        .hasMessageContaining("at least 2 points, received ' 5,5'");
  }

  @Test
  void everyDigitHasSeveralWaysToBeWritten() {
    for (int digit = 0; digit < 10; digit++) {
      assertThat(Glyphs.of(digit)).as("digit %d", digit).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aNetworkTrainedOnThemReadsMnist() throws IOException {
    Dataset mnist = MnistData.load(RealMnist.directory()).train().slice(0, 5000);
    Dataset synthetic = DIGITS.dataset(0, 20_000);
    Model model =
        Model.create(DigitNetwork.spec(List.of(new DenseSpec(128, Activation.RELU)), 0, 0, 10), 1);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      new Trainer(
              model,
              TrainingSpec.classifier(4),
              new DataSplit(synthetic, synthetic.slice(0, 0), synthetic.slice(0, 0)),
              engine)
          .run(new TrainingControl(), TrainingListener.NONE);
      assertThat(
              new Evaluator(model, Loss.SOFTMAX_CROSS_ENTROPY, engine).evaluate(mnist).accuracy())
          .isGreaterThan(ACCURACY_ON_MNIST);
    }
  }
}
