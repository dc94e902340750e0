package dev.neurite.nn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final double TOLERANCE = 1e-12;

  /** Ten examples of class 0, six of class 1, four of class 2; all figures worked out by hand. */
  private static final int[][] CONFUSION = {{8, 1, 1}, {2, 3, 1}, {0, 0, 4}};

  private final Evaluation evaluation = new Evaluation(20, 0.5, 18, CONFUSION);

  @Test
  void countsAndAccuracies() {
    assertThat(evaluation.labelled()).isEqualTo(20);
    assertThat(evaluation.correct()).isEqualTo(15);
    assertThat(evaluation.accuracy()).isEqualTo(0.75);
    assertThat(evaluation.top2Accuracy()).isEqualTo(0.9);
  }

  @Test
  void standardErrorIsTheBinomialOne() {
    // √(0.75 · 0.25 / 20) = √0.009375
    assertThat(evaluation.standardError()).isCloseTo(0.09682458365518543, within(TOLERANCE));
    // The figure people quote for MNIST: 98 % of 10,000 is ± 0.14 percentage points.
    Evaluation mnist = new Evaluation(10_000, 0, 0, new int[][] {{9800, 200}, {0, 0}});
    assertThat(mnist.standardError()).isCloseTo(0.0014, within(TOLERANCE));
  }

  @Test
  void precisionRecallAndF1() {
    double[] precision = {8 / 10.0, 3 / 4.0, 4 / 6.0};
    double[] recall = {8 / 10.0, 3 / 6.0, 4 / 4.0};
    double[] f1 = {0.8, 0.6, 0.8};
    for (int i = 0; i < 3; i++) {
      assertThat(evaluation.precision(i)).isCloseTo(precision[i], within(TOLERANCE));
      assertThat(evaluation.recall(i)).isCloseTo(recall[i], within(TOLERANCE));
      assertThat(evaluation.f1(i)).isCloseTo(f1[i], within(TOLERANCE));
    }
    assertThat(evaluation.macroF1()).isCloseTo(2.2 / 3, within(TOLERANCE));
  }

  @Test
  void figuresOfClassesThatDidNotOccurAreNotANumber() {
    // Class 0 was never predicted, class 1 never there, class 2 neither.
    Evaluation strange = new Evaluation(4, 0, 4, new int[][] {{0, 4, 0}, {0, 0, 0}, {0, 0, 0}});
    assertThat(strange.precision(0)).isNaN();
    assertThat(strange.recall(0)).isZero();
    assertThat(strange.f1(0)).isZero();
    assertThat(strange.precision(1)).isZero();
    assertThat(strange.recall(1)).isNaN();
    assertThat(strange.f1(1)).isZero();
    assertThat(strange.f1(2)).isNaN();
    assertThat(strange.macroF1()).isZero();
  }

  @Test
  void withoutLabelsThereIsNoAccuracy() {
    Evaluation regression = new Evaluation(5, 0.25, 0, new int[2][2]);
    assertThat(regression.labelled()).isZero();
    assertThat(regression.accuracy()).isNaN();
    assertThat(regression.top2Accuracy()).isNaN();
    assertThat(regression.standardError()).isNaN();
    assertThat(regression.macroF1()).isNaN();
    assertThat(regression.meanLoss()).isEqualTo(0.25);
  }

  @Test
  void ownsItsMatrix() {
    int[][] matrix = {{1, 0}, {0, 1}};
    Evaluation own = new Evaluation(2, 0, 2, matrix);
    matrix[0][0] = 99;
    own.confusion()[1][1] = 99;
    assertThat(own.confusion()).isDeepEqualTo(new int[][] {{1, 0}, {0, 1}});
    assertThat(own.correct()).isEqualTo(2);
  }
}
