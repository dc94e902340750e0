package dev.neurite.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetSliceTest {
  private final Dataset whole =
      ArrayDataset.classification(
          new float[] {0, 1, 2, 3, 4, 5}, 1, new int[] {0, 1, 2, 0, 1, 2}, 3);
  private final Dataset numbers =
      ArrayDataset.regression(new float[] {0, 1, 2, 3}, 1, new float[] {10, 11, 12, 13}, 1);

  @Test
  void isAViewOfConsecutiveRows() {
    Dataset slice = whole.slice(2, 5);
    float[] value = new float[1];
    float[] targets = new float[3];

    assertThat(slice.size()).isEqualTo(3);
    assertThat(slice.features()).isEqualTo(1);
    assertThat(slice.outputs()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      slice.copyFeatures(i, value, 0);
      assertThat(value[0]).isEqualTo(2 + i);
      assertThat(slice.label(i)).isEqualTo((2 + i) % 3);
      slice.copyTargets(i, targets, 0);
      assertThat(targets[(2 + i) % 3]).isEqualTo(1);
    }
  }

  @Test
  void hasTheNumbersOfARegression() {
    float[] target = new float[1];
    Dataset slice = numbers.slice(1, 3);
    slice.copyTargets(1, target, 0);

    assertThat(target).containsExactly(12);
    assertThat(slice.label(0)).isEqualTo(Dataset.NO_LABEL);
  }

  @Test
  void maySliceASlice() {
    Dataset slice = whole.slice(1, 6).slice(2, 4);
    float[] value = new float[1];
    slice.copyFeatures(1, value, 0);

    assertThat(slice.size()).isEqualTo(2);
    assertThat(value).containsExactly(4);
  }

  @Test
  void mayBeEmptyOrAll() {
    assertThat(whole.slice(6, 6).size()).isZero();
    assertThat(whole.slice(0, 6).size()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"-1, 3", "3, 2", "0, 7", "7, 7"})
  void refusesARangeThatIsNotThere(int from, int to) {
    assertThatThrownBy(() -> whole.slice(from, to)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2, 3})
  void neverShowsRowsOfTheWholeOutsideItself(int index) {
    Dataset slice = whole.slice(2, 4);
    float[] target = new float[3];
    assertThatThrownBy(() -> slice.label(index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.copyFeatures(index, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.copyTargets(index, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
