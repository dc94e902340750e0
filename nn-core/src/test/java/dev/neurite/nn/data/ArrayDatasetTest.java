package dev.neurite.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayDatasetTest {
  private static final float UNTOUCHED = -77;

  private final Dataset classes =
      ArrayDataset.classification(new float[] {1, 2, 3, 4, 5, 6}, 2, new int[] {2, 0, 1}, 3);
  private final Dataset numbers =
      ArrayDataset.regression(new float[] {1, 2}, 1, new float[] {10, 11, 20, 21}, 2);

  @Test
  void knowsItsSizes() {
    assertThat(classes.size()).isEqualTo(3);
    assertThat(classes.features()).isEqualTo(2);
    assertThat(classes.outputs()).isEqualTo(3);
    assertThat(numbers.size()).isEqualTo(2);
    assertThat(numbers.features()).isEqualTo(1);
    assertThat(numbers.outputs()).isEqualTo(2);
  }

  @Test
  void copiesFeaturesToThePlaceAskedForAndNowhereElse() {
    float[] target = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED};
    classes.copyFeatures(1, target, 1);

    assertThat(target).containsExactly(UNTOUCHED, 3, 4, UNTOUCHED);
  }

  @Test
  void targetsOfAClassAreOneHot() {
    float[] target = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED};
    classes.copyTargets(0, target, 1);

    assertThat(target).containsExactly(UNTOUCHED, 0, 0, 1, UNTOUCHED);
    assertThat(classes.label(0)).isEqualTo(2);
    assertThat(classes.label(2)).isEqualTo(1);
  }

  @Test
  void targetsOfARegressionAreNumbersWithoutAClass() {
    float[] target = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED};
    numbers.copyTargets(1, target, 1);

    assertThat(target).containsExactly(UNTOUCHED, 20, 21, UNTOUCHED);
    assertThat(numbers.label(1)).isEqualTo(Dataset.NO_LABEL);
  }

  @Test
  void laterChangesOfTheArraysChangeNothing() {
    float[] features = {1, 2};
    int[] labels = {0, 1};
    float[] targets = {3, 4};
    Dataset classification = ArrayDataset.classification(features, 1, labels, 2);
    Dataset regression = ArrayDataset.regression(features, 1, targets, 1);
    features[0] = UNTOUCHED;
    labels[0] = 1;
    targets[0] = UNTOUCHED;

    float[] value = new float[1];
    classification.copyFeatures(0, value, 0);
    assertThat(value).containsExactly(1);
    assertThat(classification.label(0)).isZero();
    regression.copyFeatures(0, value, 0);
    assertThat(value).containsExactly(1);
    regression.copyTargets(0, value, 0);
    assertThat(value).containsExactly(3);
  }

  @Test
  void mayBeEmpty() {
    assertThat(ArrayDataset.classification(new float[0], 4, new int[0], 2).size()).isZero();
    assertThat(ArrayDataset.regression(new float[0], 4, new float[0], 2).size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
  void refusesAnExampleThatIsNotThere(int index) {
    float[] target = new float[8];
    assertThatThrownBy(() -> classes.label(index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> classes.copyFeatures(index, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> classes.copyTargets(index, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> numbers.label(index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> numbers.copyTargets(index, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void refusesALabelOutsideTheClasses(int label) {
    assertThatThrownBy(
            () -> ArrayDataset.classification(new float[] {1, 2}, 1, new int[] {0, label}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label %d of example 1 is not in 0...2", label);
  }

  @Test
  void refusesLengthsThatDisagree() {
    assertThatThrownBy(() -> ArrayDataset.classification(new float[5], 2, new int[3], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 examples of 2 features need 6 values, received 5");
    assertThatThrownBy(() -> ArrayDataset.regression(new float[5], 2, new float[6], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 examples of 2 features need 6 values, received 5");
    assertThatThrownBy(() -> ArrayDataset.regression(new float[2], 1, new float[3], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 target values are no whole number of rows of 2");
  }

  @Test
  void refusesNoFeaturesAndNoOutputs() {
    assertThatThrownBy(() -> ArrayDataset.classification(new float[0], 0, new int[0], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("needs at least 1 feature and 1 output, received 0 and 3");
    assertThatThrownBy(() -> ArrayDataset.classification(new float[0], 2, new int[0], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("needs at least 1 feature and 1 output, received 2 and 0");
    assertThatThrownBy(() -> ArrayDataset.regression(new float[0], 1, new float[0], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("needs at least 1 feature and 1 output, received 1 and 0");
  }
}
