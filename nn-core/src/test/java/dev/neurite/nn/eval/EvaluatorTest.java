package dev.neurite.nn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final double LOSS_TOLERANCE = 1e-6;

  private final Engine engine = new Engine(EngineSpec.defaults());

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  /** A network whose logits are its inputs, with dropout that must not act. */
  private static Model identity(int width, Activation output) {
    Model model = Model.zeros(ModelSpec.inputs(width).dropout(0.5f).output(width, output));
    for (int i = 0; i < width; i++) {
      model.kernel(0).value().set(i, i, 1);
    }
    return model;
  }

  private Evaluation evaluate(Model model, Loss loss, Dataset data) {
    return new Evaluator(model, loss, engine).evaluate(data);
  }

  @Test
  void confusionAndTopTwoAreThoseOfTheLogits() {
    float[] logits = {
      5, 1, 0, // 0 as 0
      1, 5, 0, // 0 as 1, second
      1, 5, 2, // 0 as 1, third
      0, 1, 7, // 2 as 2
      3, 3, 1, // 0 as 0: the first of equals
      3, 3, 1, // 1 as 0, second
      2, 2, 2, // 2 as 0, third
    };
    Dataset data = ArrayDataset.classification(logits, 3, new int[] {0, 0, 0, 2, 0, 1, 2}, 3);
    Evaluation evaluation =
        evaluate(identity(3, Activation.SOFTMAX), Loss.SOFTMAX_CROSS_ENTROPY, data);

    assertThat(evaluation.examples()).isEqualTo(7);
    assertThat(evaluation.confusion()).isDeepEqualTo(new int[][] {{2, 2, 0}, {1, 0, 0}, {1, 0, 1}});
    assertThat(evaluation.top2Correct()).isEqualTo(5);
    assertThat(evaluation.accuracy()).isEqualTo(3 / 7.0);
  }

  /** 500 examples are a batch; the rest is ragged. Each size has the mean over all its examples. */
  @Test
  void meanLossIsOverExamplesNotOverBatches() {
    int classes = 4;
    Random random = new Random(6);
    for (int size : new int[] {1, 499, 500, 501, 1003}) {
      float[] logits = new float[size * classes];
      int[] labels = random.ints(size, 0, classes).toArray();
      double sum = 0;
      for (int i = 0; i < size; i++) {
        double total = 0;
        for (int j = 0; j < classes; j++) {
          // The last, ragged batch is much worse than the others.
          logits[i * classes + j] = (float) (random.nextGaussian() * (i < 500 ? 1 : 20));
          total += Math.exp(logits[i * classes + j]);
        }
        sum += Math.log(total) - logits[i * classes + labels[i]];
      }
      Evaluation evaluation =
          evaluate(
              identity(classes, Activation.SOFTMAX),
              Loss.SOFTMAX_CROSS_ENTROPY,
              ArrayDataset.classification(logits, classes, labels, classes));
      assertThat(evaluation.meanLoss())
          .as("%d examples", size)
          .isCloseTo(sum / size, within(LOSS_TOLERANCE * sum / size));
      assertThat(evaluation.labelled()).isEqualTo(size);
    }
  }

  @Test
  void numbersHaveALossAndNoAccuracy() {
    float[] features = new float[2 * 503];
    float[] targets = new float[2 * 503];
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      features[i] = i % 7;
      targets[i] = i % 5;
      sum += (features[i] - targets[i]) * (features[i] - targets[i]);
    }
    Evaluation evaluation =
        evaluate(
            identity(2, Activation.LINEAR),
            Loss.MEAN_SQUARED_ERROR,
            ArrayDataset.regression(features, 2, targets, 2));
    assertThat(evaluation.examples()).isEqualTo(503);
    assertThat(evaluation.meanLoss())
        .isCloseTo(sum / features.length, within(LOSS_TOLERANCE * sum / features.length));
    assertThat(evaluation.labelled()).isZero();
    assertThat(evaluation.accuracy()).isNaN();
    assertThat(evaluation.confusion()).isDeepEqualTo(new int[2][2]);
  }

  @Test
  void binaryCrossEntropyIsMeasuredAgainstOneHotTargets() {
    float[] logits = {2, -1, 0.5f, 3};
    int[] labels = {0, 0};
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double p = 1 / (1 + Math.exp(-logits[i]));
      sum -= Math.log(i % 2 == 0 ? p : 1 - p);
    }
    Evaluation evaluation =
        evaluate(
            identity(2, Activation.SIGMOID),
            Loss.BINARY_CROSS_ENTROPY,
            ArrayDataset.classification(logits, 2, labels, 2));
    assertThat(evaluation.meanLoss()).isCloseTo(sum / 4, within(LOSS_TOLERANCE));
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
  }

  @Test
  void nothingHasNoLoss() {
    Dataset none = ArrayDataset.classification(new float[0], 3, new int[0], 3);
    Evaluation evaluation =
        evaluate(identity(3, Activation.SOFTMAX), Loss.SOFTMAX_CROSS_ENTROPY, none);
    assertThat(evaluation.examples()).isZero();
    assertThat(evaluation.meanLoss()).isNaN();
    assertThat(evaluation.accuracy()).isNaN();
  }

  @Test
  void readsTheLiveValuesAtEveryCall() {
    Model model = identity(2, Activation.SOFTMAX);
    Evaluator evaluator = new Evaluator(model, Loss.SOFTMAX_CROSS_ENTROPY, engine);
    Dataset data = ArrayDataset.classification(new float[] {1, 0}, 2, new int[] {0}, 2);
    assertThat(evaluator.evaluate(data).accuracy()).isEqualTo(1);
    model.kernel(0).value().fill(0);
    model.bias(0).value().set(0, 1, 1);
    assertThat(evaluator.evaluate(data).accuracy()).isEqualTo(0);
  }

  /** A diverged network is right by luck of the order of classes at most. */
  @Test
  void notANumberIsNotAmongTheTopTwo() {
    Model model = identity(3, Activation.SOFTMAX);
    model.bias(0).value().fill(Float.NaN);
    Dataset data = ArrayDataset.classification(new float[9], 3, new int[] {0, 1, 2}, 3);
    Evaluation evaluation = evaluate(model, Loss.SOFTMAX_CROSS_ENTROPY, data);
    assertThat(evaluation.meanLoss()).isNaN();
    assertThat(evaluation.top2Correct()).isZero();
  }

  @Test
  void refusesDataOfAnotherShapeAtEveryCall() {
    Model model = identity(3, Activation.SOFTMAX);
    Evaluator evaluator = new Evaluator(model, Loss.SOFTMAX_CROSS_ENTROPY, engine);
    Dataset fitting = ArrayDataset.classification(new float[9], 3, new int[3], 3);
    Dataset narrow = ArrayDataset.classification(new float[6], 2, new int[3], 3);
    Dataset fewClasses = ArrayDataset.classification(new float[9], 3, new int[3], 2);
    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(() -> evaluator.evaluate(narrow))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the data has 2 features and 3 outputs, the network 3-3 needs 3 and 3");
      assertThatThrownBy(() -> evaluator.evaluate(fewClasses))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the data has 3 features and 2 outputs, the network 3-3 needs 3 and 3");
      evaluator.evaluate(fitting);
    }
  }
}
