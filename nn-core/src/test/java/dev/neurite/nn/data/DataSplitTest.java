package dev.neurite.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DataSplitTest {
  @Test
  void keepsItsParts() {
    Dataset train = data(3, 4, 2);
    Dataset validation = data(0, 4, 2);
    Dataset test = data(1, 4, 2);
    DataSplit split = new DataSplit(train, validation, test);

    assertThat(split.train()).isSameAs(train);
    assertThat(split.validation()).isSameAs(validation);
    assertThat(split.test()).isSameAs(test);
  }

  @Test
  void refusesPartsOfOtherShapes() {
    Dataset train = data(3, 4, 2);
    assertThatThrownBy(() -> new DataSplit(train, data(3, 5, 2), train))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("validation data has 5 features and 2 outputs, training data has 4 and 2");
    assertThatThrownBy(() -> new DataSplit(train, train, data(3, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test data has 4 features and 3 outputs, training data has 4 and 2");
  }

  @Test
  void needsSomethingToLearnFrom() {
    Dataset none = data(0, 4, 2);
    assertThatThrownBy(() -> new DataSplit(none, none, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training data is empty, at least 1 example is needed");
  }

  private static Dataset data(int size, int features, int classes) {
    return ArrayDataset.classification(
        new float[size * features], features, new int[size], classes);
  }
}
