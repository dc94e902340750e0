package dev.neurite.nn.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.ActivationReference;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation's value and gradients against central differences of the same expression in
 * double precision.
 */
class GradientTest {
  /** Norm of the difference over the norm of the reference; float32 against double. */
  private static final double RELATIVE_TOLERANCE = 3e-6;

  /** Best for central differences in double: error about h² + 1e-16 / h. */
  private static final double STEP = 1e-5;

  private static final int ROWS = 5;
  private static final int COLUMNS = 7;
  private static final float SLOPE = 0.3f;
  private static final float DROP_RATE = 0.4f;
  private static final long SEED = 77;
  private static final int DROPOUT_STEP = 12;
  private static final int[] LABELS = {6, 0, 3, 3, 1};

  private record Shape(int rows, int columns) {
    int size() {
      return rows * columns;
    }
  }

  private static final Shape MATRIX = new Shape(ROWS, COLUMNS);

  private interface Recorder {
    Variable record(Tape tape, List<Variable> inputs);
  }

  private interface Reference {
    double[] compute(double[][] inputs);
  }

  /**
   * One operation in both precisions.
   *
   * @param method the method of {@link Tape} that records it
   * @param shapes of the inputs that need gradients
   */
  private record Case(String method, List<Shape> shapes, Recorder recorder, Reference reference) {}

  private static Case activation(String method, ActivationFunction f, Recorder recorder) {
    return new Case(
        method,
        List.of(MATRIX),
        recorder,
        inputs ->
            Arrays.stream(inputs[0]).map(x -> ActivationReference.value(f, SLOPE, x)).toArray());
  }

  private static double[] each(double[] a, double[] b, DoubleBinaryOperator f) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = f.applyAsDouble(a[i], b[i]);
    }
    return result;
  }

  private static final float[] TARGETS = targets();

  private static float[] targets() {
    Random random = new Random(3);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? i % 2 : random.nextFloat();
    }
    return values;
  }

  private static List<Case> cases() {
    List<Shape> one = List.of(MATRIX);
    List<Shape> two = List.of(MATRIX, MATRIX);
    Shape scalar = new Shape(1, 1);
    List<Case> cases = new ArrayList<>();
    cases.add(
        new Case(
            "affine",
            List.of(MATRIX, new Shape(COLUMNS, 4), new Shape(1, 4)),
            (tape, in) -> tape.affine(in.get(0), in.get(1), in.get(2)),
            in -> {
              double[] y = new double[ROWS * 4];
              for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < 4; j++) {
                  y[i * 4 + j] = in[2][j];
                  for (int p = 0; p < COLUMNS; p++) {
                    y[i * 4 + j] += in[0][i * COLUMNS + p] * in[1][p * 4 + j];
                  }
                }
              }
              return y;
            }));
    cases.add(
        new Case(
            "add",
            two,
            (tape, in) -> tape.add(in.get(0), in.get(1)),
            in -> each(in[0], in[1], (a, b) -> a + b)));
    cases.add(
        new Case(
            "subtract",
            two,
            (tape, in) -> tape.subtract(in.get(0), in.get(1)),
            in -> each(in[0], in[1], (a, b) -> a - b)));
    cases.add(
        new Case(
            "multiply",
            two,
            (tape, in) -> tape.multiply(in.get(0), in.get(1)),
            in -> each(in[0], in[1], (a, b) -> a * b)));
    cases.add(
        new Case(
            "scale",
            one,
            (tape, in) -> tape.scale(in.get(0), -2.5f),
            in -> Arrays.stream(in[0]).map(x -> -2.5 * x).toArray()));
    cases.add(activation("relu", ActivationFunction.RELU, (t, in) -> t.relu(in.get(0))));
    cases.add(
        activation(
            "leakyRelu", ActivationFunction.LEAKY_RELU, (t, in) -> t.leakyRelu(in.get(0), SLOPE)));
    cases.add(activation("elu", ActivationFunction.ELU, (t, in) -> t.elu(in.get(0), SLOPE)));
    cases.add(activation("selu", ActivationFunction.SELU, (t, in) -> t.selu(in.get(0))));
    cases.add(activation("gelu", ActivationFunction.GELU, (t, in) -> t.gelu(in.get(0))));
    cases.add(activation("silu", ActivationFunction.SILU, (t, in) -> t.silu(in.get(0))));
    cases.add(
        activation("softplus", ActivationFunction.SOFTPLUS, (t, in) -> t.softplus(in.get(0))));
    cases.add(activation("sigmoid", ActivationFunction.SIGMOID, (t, in) -> t.sigmoid(in.get(0))));
    cases.add(activation("tanh", ActivationFunction.TANH, (t, in) -> t.tanh(in.get(0))));
    cases.add(
        new Case(
            "dropout",
            one,
            (tape, in) -> tape.dropout(in.get(0), DROP_RATE, 3),
            in -> {
              RandomStream stream = RandomStream.of(SEED, RandomPurpose.DROPOUT, 3);
              double[] y = new double[in[0].length];
              for (int i = 0; i < y.length; i++) {
                boolean off = stream.uniform(DROPOUT_STEP, i) < DROP_RATE;
                y[i] = off ? 0 : in[0][i] / (1 - (double) DROP_RATE);
              }
              return y;
            }));
    cases.add(
        new Case(
            "softmax",
            one,
            (tape, in) -> tape.softmax(in.get(0)),
            in -> {
              double[] y = new double[in[0].length];
              for (int i = 0; i < y.length; i++) {
                y[i] = Math.exp(in[0][i] - logSum(in[0], i / COLUMNS));
              }
              return y;
            }));
    for (float smoothing : new float[] {0, 0.2f}) {
      cases.add(
          new Case(
              "softmaxCrossEntropy",
              one,
              (tape, in) -> tape.softmaxCrossEntropy(in.get(0), LABELS, smoothing),
              in -> {
                double loss = 0;
                for (int i = 0; i < in[0].length; i++) {
                  double target =
                      (LABELS[i / COLUMNS] == i % COLUMNS ? 1 - (double) smoothing : 0)
                          + (double) smoothing / COLUMNS;
                  loss -= target * (in[0][i] - logSum(in[0], i / COLUMNS));
                }
                return new double[] {loss / ROWS};
              }));
    }
    cases.add(
        new Case(
            "meanSquaredError",
            two,
            (tape, in) -> tape.meanSquaredError(in.get(0), in.get(1)),
            in ->
                new double[] {
                  Arrays.stream(each(in[0], in[1], (a, b) -> (a - b) * (a - b)))
                      .average()
                      .orElseThrow()
                }));
    cases.add(
        new Case(
            "binaryCrossEntropy",
            one,
            (tape, in) ->
                tape.binaryCrossEntropy(
                    in.get(0), tape.constant(FMatrixRMaj.wrap(ROWS, COLUMNS, TARGETS))),
            in -> {
              double loss = 0;
              for (int i = 0; i < in[0].length; i++) {
                double p = 1 / (1 + Math.exp(-in[0][i]));
                loss -= TARGETS[i] * Math.log(p) + (1 - TARGETS[i]) * Math.log(1 - p);
              }
              return new double[] {loss / in[0].length};
            }));
    cases.add(
        new Case(
            "sum",
            one,
            (tape, in) -> tape.sum(in.get(0)),
            in -> new double[] {Arrays.stream(in[0]).sum()}));
    cases.add(
        new Case(
            "mean",
            one,
            (tape, in) -> tape.mean(in.get(0)),
            in -> new double[] {Arrays.stream(in[0]).sum() / (ROWS * COLUMNS)}));
    cases.add(
        new Case(
            "squaredNorm",
            one,
            (tape, in) -> tape.squaredNorm(in.get(0)),
            in -> new double[] {Arrays.stream(in[0]).map(x -> x * x).sum()}));
    // One that uses an input twice within one operation, and one that uses it along two paths.
    cases.add(
        new Case(
            "multiply",
            one,
            (tape, in) -> tape.multiply(in.get(0), in.get(0)),
            in -> each(in[0], in[0], (a, b) -> a * b)));
    cases.add(
        new Case(
            "affine",
            List.of(new Shape(4, 4), new Shape(1, 4)),
            (tape, in) -> tape.affine(in.get(0), in.get(0), in.get(1)),
            in -> {
              double[] y = new double[16];
              for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                  y[i * 4 + j] = in[1][j];
                  for (int p = 0; p < 4; p++) {
                    y[i * 4 + j] += in[0][i * 4 + p] * in[0][p * 4 + j];
                  }
                }
              }
              return y;
            }));
    cases.add(
        new Case(
            "add",
            one,
            (tape, in) ->
                tape.add(
                    tape.multiply(tape.tanh(in.get(0)), in.get(0)),
                    tape.subtract(in.get(0), tape.softplus(in.get(0)))),
            in ->
                Arrays.stream(in[0])
                    .map(x -> Math.tanh(x) * x + x - Math.log1p(Math.exp(x)))
                    .toArray()));
    cases.add(
        new Case(
            "multiply",
            List.of(scalar, scalar),
            (tape, in) -> tape.multiply(in.get(0), in.get(1)),
            in -> new double[] {in[0][0] * in[1][0]}));
    return cases;
  }

  private static double logSum(double[] x, int row) {
    double sum = 0;
    for (int j = 0; j < COLUMNS; j++) {
      sum += Math.exp(x[row * COLUMNS + j]);
    }
    return Math.log(sum);
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfTheDoubleExpression() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case each : cases()) {
      String name = "%d %s %s".formatted(tests.size(), each.method(), each.shapes());
      tests.add(DynamicTest.dynamicTest(name, () -> check(each)));
    }
    assertThat(tests).hasSize(27);
    return tests.stream();
  }

  private static void check(Case each) {
    Random random = new Random(11);
    Tape tape = new Tape().seed(SEED);
    tape.setStep(DROPOUT_STEP);
    List<Variable> variables = new ArrayList<>();
    double[][] inputs = new double[each.shapes().size()][];
    for (int k = 0; k < inputs.length; k++) {
      Shape shape = each.shapes().get(k);
      FMatrixRMaj value = new FMatrixRMaj(shape.rows(), shape.columns());
      inputs[k] = new double[shape.size()];
      for (int i = 0; i < shape.size(); i++) {
        // Away from the kinks at zero, on both sides of it.
        float x = (float) ((random.nextBoolean() ? 1 : -1) * (0.05 + 1.5 * random.nextDouble()));
        value.data[i] = x;
        inputs[k][i] = x;
      }
      variables.add(tape.variable(value));
    }
    Variable result = each.recorder().record(tape, variables);
    FMatrixRMaj weights = new FMatrixRMaj(result.rows(), result.columns());
    for (int i = 0; i < weights.getNumElements(); i++) {
      weights.data[i] = (float) random.nextGaussian();
    }
    Variable scalar = tape.sum(tape.multiply(result, tape.constant(weights)));
    tape.forward();
    tape.backward(scalar);

    double[] expected = each.reference().compute(inputs);
    assertThat(result.size()).isEqualTo(expected.length);
    assertThat(relativeError(result.value().data, expected))
        .as("value")
        .isLessThan(RELATIVE_TOLERANCE);
    for (int k = 0; k < inputs.length; k++) {
      double[] gradient = new double[inputs[k].length];
      for (int i = 0; i < gradient.length; i++) {
        double x = inputs[k][i];
        inputs[k][i] = x + STEP;
        double above = weightedSum(each.reference().compute(inputs), weights.data);
        inputs[k][i] = x - STEP;
        double below = weightedSum(each.reference().compute(inputs), weights.data);
        inputs[k][i] = x;
        gradient[i] = (above - below) / (2 * STEP);
      }
      assertThat(Arrays.stream(gradient).map(Math::abs).sum()).as("reference").isPositive();
      assertThat(relativeError(variables.get(k).gradient().data, gradient))
          .as("gradient of input %d", k)
          .isLessThan(RELATIVE_TOLERANCE);
    }
  }

  private static double weightedSum(double[] values, float[] weights) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * weights[i];
    }
    return sum;
  }

  private static double relativeError(float[] received, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (received[i] - expected[i]) * (received[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** The classes are looked up among what really was recorded, not among what a case claims. */
  @Test
  void everyOperationHasACase() throws ReflectiveOperationException {
    Field ops = Tape.class.getDeclaredField("ops");
    ops.setAccessible(true);
    Set<Class<?>> recorded = new HashSet<>();
    for (Case each : cases()) {
      Tape tape = new Tape();
      List<Variable> variables = new ArrayList<>();
      for (Shape shape : each.shapes()) {
        variables.add(tape.variable(new FMatrixRMaj(shape.rows(), shape.columns())));
      }
      each.recorder().record(tape, variables);
      for (Object op : (List<?>) ops.get(tape)) {
        recorded.add(op.getClass());
      }
    }
    assertThat(recorded).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses()).hasSize(12);
  }

  @Test
  void everyRecordingMethodOfTheTapeHasACase() {
    Set<String> methods = new HashSet<>();
    for (Method method : Tape.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Variable.class) {
        methods.add(method.getName());
      }
    }
    methods.removeAll(Set.of("input", "compressedInput", "constant", "variable"));
    Set<String> covered = new HashSet<>();
    cases().forEach(each -> covered.add(each.method()));
    assertThat(covered).isEqualTo(methods).hasSize(22);
  }

  /** d(x - t)²/dt must arrive at a target that needs a gradient while x needs none. */
  @Test
  void lossFlowsToTheTargetAlone() {
    Tape tape = new Tape();
    Variable x = tape.constant(new FMatrixRMaj(new float[][] {{1, 2}}));
    Variable target = tape.variable(new FMatrixRMaj(new float[][] {{3, 7}}));
    Variable loss = tape.meanSquaredError(x, target);
    tape.forward();
    tape.backward(loss);
    assertThat(target.gradient().data).containsExactly(2, 5);
    assertThat(x.needsGradient()).isFalse();
  }

  @Test
  void binaryCrossEntropyOfLargeLogitsNeitherOverflowsNorVanishes() {
    Tape tape = new Tape();
    Variable x = tape.variable(new FMatrixRMaj(new float[][] {{200, -200, 300, -50}}));
    Variable target = tape.constant(new FMatrixRMaj(new float[][] {{1, 0, 0, 1}}));
    Variable loss = tape.binaryCrossEntropy(x, target);
    tape.forward();
    tape.backward(loss);
    assertThat(loss.scalar()).isCloseTo((300 + 50) / 4f, within(1e-4f));
    assertThat(x.gradient().data).containsExactly(0, 0, 0.25f, -0.25f);
  }
}
