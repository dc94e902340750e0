package dev.neurite.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteDatasetTest {
  private static final float UNTOUCHED = -77;

  private final Dataset data =
      new ByteDataset(
          new byte[] {0, 51, (byte) 128, (byte) 255}, 2, new byte[] {1, (byte) 200}, 256);

  @Test
  void knowsItsSizes() {
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.features()).isEqualTo(2);
    assertThat(data.outputs()).isEqualTo(256);
  }

  @Test
  void pixelsBecomeSharesOf255() {
    float[] target = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED};
    data.copyFeatures(0, target, 1);
    assertThat(target).containsExactly(UNTOUCHED, 0f, 0.2f, UNTOUCHED);
    data.copyFeatures(1, target, 1);
    assertThat(target).containsExactly(UNTOUCHED, 128f / 255f, 1f, UNTOUCHED);
  }

  @Test
  void everyPixelValueIsTheNearestFloatOfItsShare() {
    byte[] pixels = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
    }
    float[] target = new float[256];
    new ByteDataset(pixels, 256, new byte[1], 1).copyFeatures(0, target, 0);
    for (int i = 0; i < 256; i++) {
      assertThat(target[i]).isEqualTo((float) (i / 255.0));
    }
  }

  @Test
  void labelsAreUnsignedAndTargetsOneHot() {
    assertThat(data.label(0)).isEqualTo(1);
    assertThat(data.label(1)).isEqualTo(200);
    float[] target = new float[258];
    Arrays.fill(target, UNTOUCHED);
    data.copyTargets(1, target, 1);
    for (int i = 0; i < target.length; i++) {
      assertThat(target[i]).isEqualTo(i == 0 || i == 257 ? UNTOUCHED : i == 201 ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void refusesAnExampleThatIsNotThere(int index) {
    float[] target = new float[256];
    assertThatThrownBy(() -> data.label(index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> data.copyFeatures(index, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> data.copyTargets(index, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "784, 0", "784, 257", "-1, 10"})
  void refusesImpossibleSizes(int features, int classes) {
    assertThatThrownBy(() -> new ByteDataset(new byte[0], features, new byte[0], classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "needs 1...65,536 features and 1...256 classes, received %d and %d", features, classes);
  }

  @Test
  void refusesLengthsThatDisagree() {
    assertThatThrownBy(() -> new ByteDataset(new byte[7], 4, new byte[2], 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 labels of 4 features need 8 pixels, received 7");
  }

  @Test
  void refusesALabelOutsideTheClasses() {
    assertThatThrownBy(() -> new ByteDataset(new byte[2], 1, new byte[] {9, (byte) 250}, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label 250 of example 1 is not below the 10 classes");
  }
}
