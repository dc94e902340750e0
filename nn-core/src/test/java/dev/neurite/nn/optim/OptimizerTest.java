package dev.neurite.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.autodiff.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule with everything that may go with it, against its published form in double. */
class OptimizerTest {
  /** After {@link #STEPS} steps of float arithmetic, relative to values of about 1. */
  private static final double VALUE_TOLERANCE = 5e-6;

  private static final float NORM_TOLERANCE = 1e-5f;

  private static final int STEPS = 50;
  private static final int IN = 5;
  private static final int OUT = 3;

  private final Engine engine = new Engine(new EngineSpec(KernelChoice.AUTO, 1));

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  // The published rules, one element at a time, each with the state that it needs.

  /** A rule as its paper writes it: w after step t, from its gradient and the rate. */
  private interface Published {
    double next(double w, double gradient, double rate, int t);
  }

  private interface PublishedRule {
    Published start();
  }

  /** A rule of the library with the literal transcription of its source. */
  private record Pair(UpdateRule rule, PublishedRule published) {}

  private static List<Pair> pairs() {
    return List.of(
        new Pair(new Sgd(), () -> (w, g, rate, t) -> w - rate * g),
        // PyTorch, torch.optim.SGD: b ← μ·b + g; w ← w - η·b.
        new Pair(
            new Momentum(0.8),
            () -> {
              double[] b = new double[1];
              return (w, g, rate, t) -> {
                b[0] = 0.8 * b[0] + g;
                return w - rate * b[0];
              };
            }),
        // PyTorch, torch.optim.SGD with nesterov: b ← μ·b + g; g ← g + μ·b; w ← w - η·g.
        new Pair(
            new Nesterov(0.8),
            () -> {
              double[] b = new double[1];
              return (w, g, rate, t) -> {
                b[0] = 0.8 * b[0] + g;
                double ahead = g + 0.8 * b[0];
                return w - rate * ahead;
              };
            }),
        // PyTorch, torch.optim.RMSprop: v ← α·v + (1 - α)·g²; w ← w - η·g / (√v + ε).
        new Pair(
            new RmsProp(0.95, 1e-3),
            () -> {
              double[] v = new double[1];
              return (w, g, rate, t) -> {
                v[0] = 0.95 * v[0] + (1 - 0.95) * g * g;
                return w - rate * g / (Math.sqrt(v[0]) + 1e-3);
              };
            }),
        // Duchi et al. 2011: s ← s + g²; w ← w - η·g / (√s + ε).
        new Pair(
            new Adagrad(1e-4),
            () -> {
              double[] s = new double[1];
              return (w, g, rate, t) -> {
                s[0] += g * g;
                return w - rate * g / (Math.sqrt(s[0]) + 1e-4);
              };
            }),
        // Kingma and Ba 2015, algorithm 1; ε large enough to see on which side of the root it is.
        new Pair(
            new Adam(0.9, 0.99, 1e-2),
            () -> {
              double[] m = new double[1];
              double[] v = new double[1];
              return (w, g, rate, t) -> {
                m[0] = 0.9 * m[0] + (1 - 0.9) * g;
                v[0] = 0.99 * v[0] + (1 - 0.99) * g * g;
                double mean = m[0] / (1 - Math.pow(0.9, t));
                double square = v[0] / (1 - Math.pow(0.99, t));
                return w - rate * mean / (Math.sqrt(square) + 1e-2);
              };
            }));
  }

  private static Map<String, OptimizerSpec> extras(UpdateRule rule) {
    OptimizerSpec plain = OptimizerSpec.of(rule);
    Map<String, OptimizerSpec> specs = new LinkedHashMap<>();
    specs.put("alone", plain);
    specs.put("l2", plain.withL2(0.2));
    specs.put("decoupled decay", plain.withWeightDecay(0.3));
    specs.put("clip by norm", plain.withClipNorm(1.5));
    specs.put("clip by value", plain.withClipValue(0.4));
    specs.put("max-norm", plain.withMaxNorm(0.9));
    specs.put("everything", new OptimizerSpec(rule, 0.05, 0.1, 1.1, 2, 0.6));
    return specs;
  }

  /** A rate that jumps, so that a velocity with the rate inside would show. */
  private static double rate(int t) {
    return t % 10 < 5 ? 0.03 : 0.006;
  }

  private static List<Parameter> parameters() {
    Random random = new Random(31);
    FMatrixRMaj kernel = new FMatrixRMaj(IN, OUT);
    FMatrixRMaj bias = new FMatrixRMaj(1, OUT);
    for (int i = 0; i < IN * OUT; i++) {
      kernel.data[i] = (float) (0.5 * random.nextGaussian());
    }
    for (int i = 0; i < OUT; i++) {
      bias.data[i] = (float) (0.5 * random.nextGaussian());
    }
    return List.of(
        new Parameter("kernel", Parameter.Role.KERNEL, kernel),
        new Parameter("bias", Parameter.Role.BIAS, bias));
  }

  /** Gradients with a direction and noise; the last element of the kernel never has any. */
  private static void setGradients(List<Parameter> parameters, Random random) {
    for (Parameter parameter : parameters) {
      float[] g = parameter.gradient().data;
      for (int i = 0; i < g.length; i++) {
        g[i] = (float) (0.3 * Math.sin(i) + 0.5 * random.nextGaussian());
      }
    }
    parameters.get(0).gradient().data[IN * OUT - 1] = 0;
  }

  @TestFactory
  Stream<DynamicTest> everyRuleWithEverythingIsThePublishedOne() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Pair pair : pairs()) {
      extras(pair.rule())
          .forEach(
              (name, spec) ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          pair.rule() + ", " + name, () -> check(pair.published(), spec))));
    }
    assertThat(tests).hasSize(6 * 7);
    return tests.stream();
  }

  @Test
  void everyRuleHasItsPublishedForm() {
    Set<Class<?>> covered = new HashSet<>();
    pairs().forEach(pair -> covered.add(pair.rule().getClass()));
    assertThat(covered)
        .containsExactlyInAnyOrder(UpdateRule.class.getPermittedSubclasses())
        .hasSize(6);
  }

  private void check(PublishedRule rule, OptimizerSpec spec) {
    List<Parameter> parameters = parameters();
    Optimizer optimizer = new Optimizer(spec, parameters, engine);
    double[] w = new double[(IN + 1) * OUT];
    Published[] published = new Published[w.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = value(parameters, i);
      published[i] = rule.start();
    }
    double[] start = w.clone();
    Random random = new Random(77);
    boolean clipped = false;
    boolean projected = false;
    for (int t = 1; t <= STEPS; t++) {
      setGradients(parameters, random);
      double[] g = new double[w.length];
      double squares = 0;
      for (int i = 0; i < g.length; i++) {
        g[i] = gradient(parameters, i);
        squares += g[i] * g[i];
      }
      optimizer.step(rate(t));
      optimizer.zeroGradients();

      double norm = Math.sqrt(squares);
      for (int i = 0; i < g.length; i++) {
        if (spec.clipNorm() > 0 && norm > spec.clipNorm()) {
          g[i] = g[i] * spec.clipNorm() / norm;
          clipped = true;
        }
        if (spec.clipValue() > 0 && Math.abs(g[i]) > spec.clipValue()) {
          g[i] = Math.signum(g[i]) * spec.clipValue();
          clipped = true;
        }
        boolean kernel = i < IN * OUT;
        if (kernel) {
          g[i] += spec.l2() * w[i];
          w[i] -= rate(t) * spec.weightDecay() * w[i];
        }
        w[i] = published[i].next(w[i], g[i], rate(t), t);
      }
      if (spec.maxNorm() > 0) {
        for (int j = 0; j < OUT; j++) {
          double sum = 0;
          for (int i = 0; i < IN; i++) {
            sum += w[i * OUT + j] * w[i * OUT + j];
          }
          if (Math.sqrt(sum) > spec.maxNorm()) {
            projected = true;
            for (int i = 0; i < IN; i++) {
              w[i * OUT + j] *= spec.maxNorm() / Math.sqrt(sum);
            }
          }
        }
      }
      for (int i = 0; i < w.length; i++) {
        assertThat(value(parameters, i))
            .as("step %d, element %d", t, i)
            .isCloseTo(w[i], within(VALUE_TOLERANCE * Math.max(1, Math.abs(w[i]))));
      }
    }
    assertThat(optimizer.steps()).isEqualTo(STEPS);
    assertThat(w).isNotEqualTo(start);
    assertThat(clipped).isEqualTo(spec.clipNorm() > 0 || spec.clipValue() > 0);
    assertThat(projected).isEqualTo(spec.maxNorm() > 0);
  }

  private static double value(List<Parameter> parameters, int i) {
    return i < IN * OUT
        ? parameters.get(0).value().data[i]
        : parameters.get(1).value().data[i - IN * OUT];
  }

  private static double gradient(List<Parameter> parameters, int i) {
    return i < IN * OUT
        ? parameters.get(0).gradient().data[i]
        : parameters.get(1).gradient().data[i - IN * OUT];
  }

  /** Loshchilov and Hutter 2019, algorithm 2, with the schedule in the rate. */
  @Test
  void adamWIsThePublishedOne() {
    List<Parameter> parameters = parameters();
    Optimizer optimizer = new Optimizer(OptimizerSpec.adamW(), parameters, engine);
    int size = IN * OUT;
    double[] w = new double[size];
    double[] m = new double[size];
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      w[i] = value(parameters, i);
    }
    Random random = new Random(5);
    for (int t = 1; t <= STEPS; t++) {
      setGradients(parameters, random);
      for (int i = 0; i < size; i++) {
        double g = gradient(parameters, i);
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        double mean = m[i] / (1 - Math.pow(0.9, t));
        double square = v[i] / (1 - Math.pow(0.999, t));
        w[i] -= rate(t) * (mean / (Math.sqrt(square) + 1e-8) + 0.01 * w[i]);
      }
      optimizer.step(rate(t));
    }
    for (int i = 0; i < size; i++) {
      assertThat(value(parameters, i)).isCloseTo(w[i], within(VALUE_TOLERANCE));
    }
  }

  @Test
  void defaultsAreTheUsualValues() {
    assertThat(new Momentum()).isEqualTo(new Momentum(0.9));
    assertThat(new Nesterov()).isEqualTo(new Nesterov(0.9));
    assertThat(new RmsProp()).isEqualTo(new RmsProp(0.99, 1e-8));
    assertThat(new Adagrad()).isEqualTo(new Adagrad(1e-10));
    assertThat(new Adam()).isEqualTo(new Adam(0.9, 0.999, 1e-8));
    assertThat(OptimizerSpec.adam()).isEqualTo(new OptimizerSpec(new Adam(), 0, 0, 0, 0, 0));
    assertThat(OptimizerSpec.adamW()).isEqualTo(new OptimizerSpec(new Adam(), 0, 0.01, 0, 0, 0));
    pairs().forEach(pair -> assertThat(pair.rule().defaultLearningRate()).isBetween(1e-4, 1.0));
  }

  static Stream<UpdateRule> rulesWithMeans() {
    return rules().filter(rule -> rule.slots() > 0 && !(rule instanceof Adagrad));
  }

  static Stream<UpdateRule> rules() {
    return pairs().stream().map(Pair::rule);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void biasesAreNeverDecayedNorProjected(UpdateRule rule) {
    List<Parameter> parameters = parameters();
    parameters.get(1).value().fill(3);
    float[] kernel = parameters.get(0).value().data.clone();
    Optimizer optimizer =
        new Optimizer(new OptimizerSpec(rule, 0.1, 0.1, 0.5, 0, 0), parameters, engine);
    optimizer.zeroGradients();
    optimizer.step(0.1);
    assertThat(parameters.get(1).value().data).containsOnly(3);
    assertThat(parameters.get(0).value().data).isNotEqualTo(kernel);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void withoutGradientAndDecayNothingMoves(UpdateRule rule) {
    List<Parameter> parameters = parameters();
    float[] kernel = parameters.get(0).value().data.clone();
    Optimizer optimizer = new Optimizer(OptimizerSpec.of(rule), parameters, engine);
    optimizer.zeroGradients();
    optimizer.step(0.1);
    assertThat(parameters.get(0).value().data).isEqualTo(kernel);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRestoredStateGoesOnToTheBit(UpdateRule rule) {
    OptimizerSpec spec = OptimizerSpec.of(rule).withL2(0.01).withClipNorm(1);
    List<Parameter> whole = parameters();
    Optimizer uninterrupted = new Optimizer(spec, whole, engine);
    List<Parameter> first = parameters();
    Optimizer before = new Optimizer(spec, first, engine);
    run(uninterrupted, whole, 0, 20);
    run(before, first, 0, 9);
    OptimizerState state = before.state();
    List<Parameter> second = parameters();
    for (int i = 0; i < 2; i++) {
      second.get(i).value().setTo(first.get(i).value());
    }
    // The state is a copy: going on here must not change it.
    run(before, first, 9, 20);
    Optimizer after = new Optimizer(spec, second, engine);
    after.restore(state);
    assertThat(after.steps()).isEqualTo(9);
    run(after, second, 9, 20);
    for (int i = 0; i < 2; i++) {
      assertThat(second.get(i).value().data).isEqualTo(whole.get(i).value().data);
    }
    assertThat(after.steps()).isEqualTo(20);
    assertThat(state.steps()).isEqualTo(9);
    assertThat(state.slots()).hasSize(2).allMatch(arrays -> arrays.size() == rule.slots());
  }

  /** Gradients so small that their squares vanish move a weight as the published rules say. */
  @Test
  void tinyGradientsMakeNoLeaps() {
    double epsilon = UpdateRule.SMALLEST_EPSILON;
    for (float tiny : new float[] {1e-15f, 1e-16f, 1e-17f, 1e-18f, 1e-20f, 1e-30f}) {
      double adam = 0.001 * tiny / (tiny + epsilon); // the first step, without bias
      assertThat(firstStep(new Adam(0.9, 0.999, epsilon), tiny))
          .isCloseTo(adam, within(0.02 * adam));
      double rmsProp = 0.001 * tiny / (Math.sqrt(0.01) * tiny + epsilon);
      assertThat(firstStep(new RmsProp(0.99, epsilon), tiny))
          .isCloseTo(rmsProp, within(0.02 * rmsProp));
    }
  }

  /** How far a weight moves by a first gradient at a rate of 0.001. */
  private double firstStep(UpdateRule rule, float gradient) {
    FMatrixRMaj value = new FMatrixRMaj(1, 1);
    Parameter parameter = new Parameter("k", Parameter.Role.KERNEL, value);
    parameter.gradient().data[0] = gradient;
    new Optimizer(OptimizerSpec.of(rule), List.of(parameter), engine).step(0.001);
    return -value.data[0];
  }

  /** Subnormal numbers are correct, and many times slower on some processors. */
  @ParameterizedTest
  @MethodSource("rulesWithMeans")
  void aMeanOfGradientsNeverBecomesSubnormal(UpdateRule rule) {
    FMatrixRMaj value = new FMatrixRMaj(1, 4);
    Parameter parameter = new Parameter("k", Parameter.Role.KERNEL, value);
    Optimizer optimizer = new Optimizer(OptimizerSpec.of(rule), List.of(parameter), engine);
    System.arraycopy(new float[] {1, -0.5f, 3e-7f, 2e-12f}, 0, parameter.gradient().data, 0, 4);
    int found = 0;
    for (int step = 0; step < 8_000; step++) {
      optimizer.step(0.1);
      optimizer.zeroGradients();
      for (float[] slot : optimizer.state().slots().get(0)) {
        for (float kept : slot) {
          assertThat(kept == 0 || Math.abs(kept) >= Float.MIN_NORMAL)
              .as("step %d: %s", step, kept)
              .isTrue();
          found++;
        }
      }
    }
    assertThat(found).isEqualTo(8_000 * 4 * rule.slots());
    assertThat(value.data[0]).isNotZero();
  }

  private static void run(Optimizer optimizer, List<Parameter> parameters, int from, int to) {
    for (int t = from; t < to; t++) {
      setGradients(parameters, new Random(t));
      optimizer.step(rate(t));
      optimizer.zeroGradients();
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theNumberOfThreadsChangesNoBit(UpdateRule rule) {
    float[][] results = new float[3][];
    for (int threads = 1; threads <= 3; threads++) {
      try (Engine own = new Engine(new EngineSpec(KernelChoice.AUTO, threads))) {
        Parameter kernel = new Parameter("k", Parameter.Role.KERNEL, new FMatrixRMaj(350, 300));
        Optimizer optimizer =
            new Optimizer(new OptimizerSpec(rule, 0.1, 0.1, 2, 1, 0.1), List.of(kernel), own);
        for (int t = 0; t < 3; t++) {
          for (int i = 0; i < kernel.size(); i++) {
            kernel.gradient().data[i] = (float) Math.sin(i * 0.37 + t);
          }
          optimizer.step(0.1);
        }
        results[threads - 1] = kernel.value().data;
      }
    }
    assertThat(results[1]).isEqualTo(results[0]);
    assertThat(results[2]).isEqualTo(results[0]);
  }

  @Test
  void gradientNormIsOverAllParameters() {
    List<Parameter> parameters = parameters();
    Optimizer optimizer = new Optimizer(OptimizerSpec.adam(), parameters, engine);
    assertThat(optimizer.gradientNorm()).isZero();
    parameters.get(0).gradient().data[2] = 3;
    parameters.get(1).gradient().data[1] = -4;
    assertThat(optimizer.gradientNorm()).isEqualTo(5);
  }

  @Test
  void aGradientWithinTheLimitsIsNotClipped() {
    List<Parameter> clipped = parameters();
    List<Parameter> free = parameters();
    Optimizer limited =
        new Optimizer(
            OptimizerSpec.of(new Sgd()).withClipNorm(1e6).withClipValue(1e5), clipped, engine);
    Optimizer unlimited = new Optimizer(OptimizerSpec.of(new Sgd()), free, engine);
    run(limited, clipped, 0, 5);
    run(unlimited, free, 0, 5);
    assertThat(clipped.get(0).value().data).isEqualTo(free.get(0).value().data);
  }

  @Test
  void maxNormHoldsAfterEveryStepForEveryUnit() {
    List<Parameter> parameters = parameters();
    parameters.get(0).value().set(0, 1, 100);
    Optimizer optimizer =
        new Optimizer(OptimizerSpec.of(new Momentum()).withMaxNorm(0.7), parameters, engine);
    for (int t = 0; t < 5; t++) {
      run(optimizer, parameters, t, t + 1);
      for (int j = 0; j < OUT; j++) {
        double sum = 0;
        for (int i = 0; i < IN; i++) {
          double w = parameters.get(0).value().get(i, j);
          sum += w * w;
        }
        assertThat((float) Math.sqrt(sum)).isLessThanOrEqualTo(0.7f + NORM_TOLERANCE);
      }
    }
  }

  @Test
  void notANumberReachesTheParameterInsteadOfVanishing() {
    List<Parameter> parameters = parameters();
    Optimizer optimizer =
        new Optimizer(new OptimizerSpec(new Sgd(), 0, 0, 0, 1, 1), parameters, engine);
    optimizer.zeroGradients();
    parameters.get(0).gradient().data[4] = Float.NaN;
    optimizer.step(0.1);
    assertThat(parameters.get(0).value().data[4]).isNaN();
  }

  // Errors.

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesRatesThatMeanNothing(double learningRate) {
    Optimizer optimizer = new Optimizer(OptimizerSpec.adam(), parameters(), engine);
    assertThatThrownBy(() -> optimizer.step(learningRate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learningRate must be a finite number from 0, received " + learningRate);
    assertThat(optimizer.steps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesExtrasThatMeanNothing(double value) {
    OptimizerSpec spec = OptimizerSpec.adam();
    String tail = " must be a finite number from 0, received " + value;
    assertThatThrownBy(() -> spec.withL2(value)).hasMessage("l2" + tail);
    assertThatThrownBy(() -> spec.withWeightDecay(value)).hasMessage("weightDecay" + tail);
    assertThatThrownBy(() -> spec.withMaxNorm(value)).hasMessage("maxNorm" + tail);
    assertThatThrownBy(() -> spec.withClipNorm(value)).hasMessage("clipNorm" + tail);
    assertThatThrownBy(() -> spec.withClipValue(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clipValue" + tail);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesSharesOutsideTheUnitInterval(double value) {
    String tail = " must be in [0, 1), received " + value;
    assertThatThrownBy(() -> new Momentum(value)).hasMessage("momentum" + tail);
    assertThatThrownBy(() -> new Nesterov(value)).hasMessage("momentum" + tail);
    assertThatThrownBy(() -> new RmsProp(value, 1e-8)).hasMessage("decayRate" + tail);
    assertThatThrownBy(() -> new Adam(value, 0.999, 1e-8)).hasMessage("beta1" + tail);
    assertThatThrownBy(() -> new Adam(0.9, value, 1e-8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("beta2" + tail);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-8, 1, 1e-17, 1e-50, Double.NaN})
  void refusesEpsilonsThatMeanNothing(double value) {
    String message = "epsilon must be in [1.0E-16, 1), received " + value;
    assertThatThrownBy(() -> new RmsProp(0.9, value)).hasMessage(message);
    assertThatThrownBy(() -> new Adagrad(value)).hasMessage(message);
    assertThatThrownBy(() -> new Adam(0.9, 0.999, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAStateThatDoesNotFitAndStaysAsItWas() {
    List<Parameter> parameters = parameters();
    Optimizer optimizer = new Optimizer(OptimizerSpec.adam(), parameters, engine);
    run(optimizer, parameters, 0, 3);
    float[] kernel = new float[IN * OUT];
    float[] bias = new float[OUT];
    assertThatThrownBy(
            () -> optimizer.restore(new OptimizerState(1, List.of(List.of(kernel, kernel)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimiser state is for 1 parameters, the model has 2");
    assertThatThrownBy(
            () ->
                optimizer.restore(
                    new OptimizerState(1, List.of(List.of(kernel, kernel), List.of(bias)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimiser state of bias 1×3 has 1 arrays, the rule needs 2");
    assertThatThrownBy(
            () ->
                optimizer.restore(
                    new OptimizerState(1, List.of(List.of(kernel, kernel), List.of(bias, kernel)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimiser state of bias 1×3 has 15 values, needed are 3");
    assertThat(optimizer.steps()).isEqualTo(3);
    assertThat(optimizer.state().slots().get(0).get(0)).isNotEqualTo(kernel);
    assertThatThrownBy(() -> new OptimizerState(-1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("steps must be at least 0, received -1");
  }
}
