package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.ConstantMatrix;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * An expression, recorded once and replayed as often as its inputs change.
 *
 * <p>Recording takes all the memory that replaying needs; {@link #forward()} and {@link
 * #backward(Variable)} take none. Order of use: record; write the inputs' values; {@code forward};
 * {@code backward}; read gradients; {@link Variable#zeroGradient()} on what accumulates. For one
 * thread at a time.
 *
 * <pre>{@code
 * Tape tape = new Tape();
 * Variable x = tape.variable(new FMatrixRMaj(new float[][] {{1, 2, 3}}));
 * Variable y = tape.squaredNorm(tape.tanh(x));
 * tape.forward();
 * tape.backward(y);
 * x.gradient();  // dy/dx
 * }</pre>
 */
public final class Tape {
  private final Engine engine;

  /** On a tape without gradients: what stands for each parameter. */
  private final @Nullable Map<Parameter, Variable> constants;

  /** Where parameters never change: what is kept of them. */
  private final @Nullable FrozenParameters frozen;

  private final List<Op> ops = new ArrayList<>();
  private final Set<Variable> own = Collections.newSetFromMap(new IdentityHashMap<>());
  private long seed;
  private int step;
  private int replayed;

  /** An empty tape on the calling thread alone. */
  public Tape() {
    this(new Engine(EngineSpec.defaults().singleThreaded()));
  }

  /**
   * An empty tape.
   *
   * @param engine what it runs on; not closed by the tape
   */
  public Tape(Engine engine) {
    this(engine, null, null);
  }

  private Tape(
      Engine engine,
      @Nullable Map<Parameter, Variable> constants,
      @Nullable FrozenParameters frozen) {
    this.engine = engine;
    this.constants = constants;
    this.frozen = frozen;
  }

  /**
   * An empty tape for prediction: parameters count as constants, so results take no memory for
   * gradients. It reads the parameters' live values.
   *
   * @param engine what it runs on; not closed by the tape
   */
  public static Tape withoutGradients(Engine engine) {
    return new Tape(engine, new IdentityHashMap<>(), null);
  }

  /**
   * An empty tape for prediction with parameters that do not change once they are recorded.
   *
   * @param engine what it runs on; not closed by the tape
   * @param frozen what is kept of the parameters; other tapes of the same ones may share it
   */
  public static Tape withFrozenParameters(Engine engine, FrozenParameters frozen) {
    return new Tape(engine, new IdentityHashMap<>(), frozen);
  }

  // Leaves.

  /**
   * An input without gradient, all zeros until written.
   *
   * @param rows the largest number of rows it will ever have, at least 1
   * @param columns at least 1
   */
  public Variable input(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "input needs at least 1×1, received %d×%d".formatted(rows, columns));
    }
    return constant(new FMatrixRMaj(rows, columns));
  }

  /**
   * An input without gradient that is mostly zeros and given by its non-zero elements; only {@link
   * #affine} and {@link #scale} take it. Its elements are for the packages of this module to write.
   *
   * @param rows the largest number of rows it will ever have, at least 1
   * @param columns at least 1
   */
  public Variable compressedInput(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "input needs at least 1×1, received %d×%d".formatted(rows, columns));
    }
    return own(new Variable(rows, columns, new CompressedRows(rows, columns)));
  }

  /** A variable without gradient around a matrix, which is kept and not copied. */
  public Variable constant(FMatrixRMaj value) {
    return own(new Variable(value, false));
  }

  /** A variable with gradient around a matrix, which is kept and not copied. */
  public Variable variable(FMatrixRMaj value) {
    return own(new Variable(value, true));
  }

  // Operations.

  /**
   * {@code x · weight + bias}, the bias added to every row.
   *
   * @param x {@code batch × in}
   * @param weight {@code in × out}
   * @param bias {@code 1 × out}
   * @return {@code batch × out}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public Variable affine(Variable x, Variable weight, Variable bias) {
    ConstantMatrix constant =
        frozen != null && weight instanceof Parameter parameter ? frozen.matrix(parameter) : null;
    return record(new AffineOp(knownOrCompressed(x), known(weight), known(bias), constant));
  }

  /** {@code a + b}, elementwise, of equal shapes. */
  public Variable add(Variable a, Variable b) {
    return record(new AddScaledOp("add", known(a), 1, known(b)));
  }

  /** {@code a - b}, elementwise, of equal shapes. */
  public Variable subtract(Variable a, Variable b) {
    return record(new AddScaledOp("subtract", known(a), -1, known(b)));
  }

  /** {@code a ∘ b}, elementwise, of equal shapes. */
  public Variable multiply(Variable a, Variable b) {
    return record(new MultiplyOp(known(a), known(b)));
  }

  /** {@code factor · x}. */
  public Variable scale(Variable x, float factor) {
    return record(new ScaleOp(knownOrCompressed(x), factor));
  }

  /** {@code max(x, 0)}; the derivative at 0 is 0. */
  public Variable relu(Variable x) {
    return activation(ActivationFunction.RELU, 0, x);
  }

  /** {@code x} for x >= 0, {@code slope · x} below. */
  public Variable leakyRelu(Variable x, float slope) {
    return activation(ActivationFunction.LEAKY_RELU, slope, x);
  }

  /** {@code x} for x >= 0, {@code scale · (exp(x) - 1)} below. */
  public Variable elu(Variable x, float scale) {
    return activation(ActivationFunction.ELU, scale, x);
  }

  /** The self-normalising ELU (Klambauer et al. 2017). */
  public Variable selu(Variable x) {
    return activation(ActivationFunction.SELU, 0, x);
  }

  /** {@code x · Φ(x)}, exact form (Hendrycks and Gimpel 2016). */
  public Variable gelu(Variable x) {
    return activation(ActivationFunction.GELU, 0, x);
  }

  /** {@code x · sigmoid(x)}, also called swish. */
  public Variable silu(Variable x) {
    return activation(ActivationFunction.SILU, 0, x);
  }

  /** {@code log(1 + exp(x))}. */
  public Variable softplus(Variable x) {
    return activation(ActivationFunction.SOFTPLUS, 0, x);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public Variable sigmoid(Variable x) {
    return activation(ActivationFunction.SIGMOID, 0, x);
  }

  /** The hyperbolic tangent. */
  public Variable tanh(Variable x) {
    return activation(ActivationFunction.TANH, 0, x);
  }

  private Variable activation(ActivationFunction f, float slope, Variable x) {
    return record(new ActivationOp(f, slope, known(x)));
  }

  /**
   * Inverted dropout; the mask is a pure function of the tape's seed, the lane, the tape's step and
   * the element's place.
   *
   * @param dropRate probability that an element is switched off, in [0, 1)
   * @param lane index of this dropout among those of the tape, so that each has masks of its own
   */
  public Variable dropout(Variable x, float dropRate, int lane) {
    RandomStream stream = RandomStream.of(seed, RandomPurpose.DROPOUT, lane);
    return record(new DropoutOp(known(x), dropRate, stream));
  }

  /** Softmax of each row. */
  public Variable softmax(Variable x) {
    return record(new SoftmaxOp(known(x)));
  }

  /**
   * Mean over the rows of the cross-entropy between softmax(logits) and labels.
   *
   * @param logits {@code batch × classes}
   * @param labels one class per row; kept, and read at every {@link #forward()}
   * @param labelSmoothing s in [0, 1): targets become {@code onehot · (1 - s) + s / classes}
   * @return 1×1
   */
  public Variable softmaxCrossEntropy(Variable logits, int[] labels, float labelSmoothing) {
    return record(new SoftmaxCrossEntropyOp(known(logits), labels, labelSmoothing));
  }

  /** Mean over all elements of {@code (x - target)²}; 1×1. */
  public Variable meanSquaredError(Variable x, Variable target) {
    return record(new MeanSquaredErrorOp(known(x), known(target)));
  }

  /**
   * Mean over all elements of the cross-entropy between sigmoid(logits) and targets; 1×1.
   *
   * @param target probabilities in [0, 1], a variable without gradient
   */
  public Variable binaryCrossEntropy(Variable logits, Variable target) {
    return record(new BinaryCrossEntropyOp(known(logits), known(target)));
  }

  /** The sum of all elements; 1×1. */
  public Variable sum(Variable x) {
    return record(new SumOp(known(x), SumOp.Reduction.SUM));
  }

  /** The mean of all elements; 1×1. */
  public Variable mean(Variable x) {
    return record(new SumOp(known(x), SumOp.Reduction.MEAN));
  }

  /** The sum of the squares of all elements; 1×1. */
  public Variable squaredNorm(Variable x) {
    return record(new SquaredNormOp(known(x)));
  }

  // Replay.

  /**
   * Sets the seed of the random operations that are recorded from now on; at first 0.
   *
   * @return this tape
   */
  public Tape seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Sets the step that random operations take their numbers from; at first 0. */
  public void setStep(int step) {
    this.step = step;
  }

  /** Computes every recorded value from the inputs; the number of rows follows the inputs. */
  public void forward() {
    for (int i = 0; i < ops.size(); i++) {
      ops.get(i).forward(engine.workers(), step);
    }
    replayed = ops.size();
  }

  /**
   * Adds the gradient of a scalar to the gradient of every variable and parameter that it depends
   * on and that needs one. Gradients of recorded results are replaced.
   *
   * @param scalar a 1×1 result of this tape
   * @throws IllegalArgumentException if it is not 1×1, not of this tape, or depends on nothing that
   *     needs a gradient
   * @throws IllegalStateException if {@link #forward()} has not run since the last recording
   */
  public void backward(Variable scalar) {
    if (scalar.size() != 1 || !own.contains(scalar)) {
      throw new IllegalArgumentException(
          "backward needs a 1×1 result of this tape, received " + scalar.shape());
    }
    if (!scalar.needsGradient()) {
      throw new IllegalArgumentException(
          "backward: the scalar depends on no variable that needs a gradient");
    }
    if (replayed != ops.size()) {
      throw new IllegalStateException("backward needs forward() to run first");
    }
    for (int i = 0; i < ops.size(); i++) {
      ops.get(i).output().zeroGradient();
    }
    scalar.gradient().data[0] = 1;
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      if (op.output().needsGradient() && !op.output().gradientIsZero()) {
        op.backward(engine.workers());
      }
    }
  }

  // Recording.

  private Variable record(Op op) {
    ops.add(op);
    return own(op.output());
  }

  private Variable own(Variable variable) {
    own.add(variable);
    return variable;
  }

  private Variable known(Variable variable) {
    if (variable.compressed() != null) {
      throw new IllegalArgumentException(
          "a compressed input (%s) can only go to affine and scale".formatted(variable.shape()));
    }
    return knownOrCompressed(variable);
  }

  private Variable knownOrCompressed(Variable variable) {
    if (variable instanceof Parameter parameter) {
      return constants == null
          ? parameter
          : constants.computeIfAbsent(parameter, p -> new Variable(p.value(), false));
    }
    if (!own.contains(variable)) {
      throw new IllegalArgumentException(
          "the variable (%s) was recorded on another tape".formatted(variable.shape()));
    }
    return variable;
  }

  /** A result of an operation; it needs a gradient where one of the inputs does. */
  static Variable result(int rows, int columns, Variable... inputs) {
    boolean needsGradient = false;
    for (Variable input : inputs) {
      needsGradient |= input.needsGradient();
    }
    return new Variable(new FMatrixRMaj(rows, columns), needsGradient);
  }

  static void requireSameShape(String operation, Variable a, Variable b) {
    if (a.rows() != b.rows() || a.columns() != b.columns()) {
      throw new IllegalArgumentException(
          "%s: shapes must be equal, received %s and %s"
              .formatted(operation, a.shape(), b.shape()));
    }
  }
}
