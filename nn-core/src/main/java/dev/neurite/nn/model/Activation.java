package dev.neurite.nn.model;

import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a layer does to its sums.
 *
 * @param function which function
 * @param slope slope below zero of leaky ReLU, scale of ELU; 0 for all others
 */
public record Activation(Function function, float slope) {
  /** The functions to choose from; {@link Tape} has their formulas. */
  public enum Function {
    /** {@code x}. */
    LINEAR,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code x} or {@code slope · x}. */
    LEAKY_RELU,
    /** {@code x} or {@code slope · (exp(x) - 1)}. */
    ELU,
    /** The self-normalising ELU. */
    SELU,
    /** {@code x · Φ(x)}. */
    GELU,
    /** {@code x · sigmoid(x)}. */
    SILU,
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** The hyperbolic tangent. */
    TANH,
    /** Softmax over a row; for output layers only. */
    SOFTMAX;

    /** The name in files and on the command line, for example {@code leaky_relu}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the slope means something. */
    public boolean hasSlope() {
      return this == LEAKY_RELU || this == ELU;
    }
  }

  /** No function. */
  public static final Activation LINEAR = new Activation(Function.LINEAR, 0);

  /** Rectified linear unit. */
  public static final Activation RELU = new Activation(Function.RELU, 0);

  /** Leaky ReLU with the slope 0.01. */
  public static final Activation LEAKY_RELU = leakyRelu(0.01f);

  /** ELU with the scale 1. */
  public static final Activation ELU = elu(1);

  /** Self-normalising ELU. */
  public static final Activation SELU = new Activation(Function.SELU, 0);

  /** Gaussian error linear unit, exact form. */
  public static final Activation GELU = new Activation(Function.GELU, 0);

  /** Sigmoid linear unit, also called swish. */
  public static final Activation SILU = new Activation(Function.SILU, 0);

  /** Softplus. */
  public static final Activation SOFTPLUS = new Activation(Function.SOFTPLUS, 0);

  /** Logistic sigmoid. */
  public static final Activation SIGMOID = new Activation(Function.SIGMOID, 0);

  /** Hyperbolic tangent. */
  public static final Activation TANH = new Activation(Function.TANH, 0);

  /** Softmax, for output layers. */
  public static final Activation SOFTMAX = new Activation(Function.SOFTMAX, 0);

  /** Checks the slope. */
  public Activation {
    boolean valid = function.hasSlope() ? slope >= 0 && slope < 1e6f : slope == 0;
    if (!valid) {
      throw new IllegalArgumentException(
          function.hasSlope()
              ? function.label() + ": slope must be in [0, 1,000,000), received " + slope
              : function.label() + " takes no slope, received " + slope);
    }
  }

  /** Leaky ReLU with a slope below zero. */
  public static Activation leakyRelu(float slope) {
    return new Activation(Function.LEAKY_RELU, slope);
  }

  /** ELU with a scale below zero. */
  public static Activation elu(float scale) {
    return new Activation(Function.ELU, scale);
  }

  /**
   * The activation of a name, with its usual slope.
   *
   * @param name for example {@code relu}, {@code leaky_relu}; {@code swish} is {@code silu}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Activation of(String name) {
    String label = name.toLowerCase(Locale.ROOT).replace('-', '_');
    for (Function function : Function.values()) {
      if (function.label().equals(label) || (function == Function.SILU && label.equals("swish"))) {
        return switch (function) {
          case LEAKY_RELU -> LEAKY_RELU;
          case ELU -> ELU;
          default -> new Activation(function, 0);
        };
      }
    }
    throw new IllegalArgumentException(
        "activation must be one of %s, received %s"
            .formatted(
                String.join(", ", Arrays.stream(Function.values()).map(Function::label).toList()),
                name));
  }

  /** Records this function of a variable. */
  public Variable apply(Tape tape, Variable x) {
    return switch (function) {
      case LINEAR -> x;
      case RELU -> tape.relu(x);
      case LEAKY_RELU -> tape.leakyRelu(x, slope);
      case ELU -> tape.elu(x, slope);
      case SELU -> tape.selu(x);
      case GELU -> tape.gelu(x);
      case SILU -> tape.silu(x);
      case SOFTPLUS -> tape.softplus(x);
      case SIGMOID -> tape.sigmoid(x);
      case TANH -> tape.tanh(x);
      case SOFTMAX -> tape.softmax(x);
    };
  }

  /** The initialiser that keeps the variance over layers with this activation. */
  public Initializer defaultInitializer() {
    return switch (function) {
      case RELU, LEAKY_RELU, ELU, GELU, SILU, SOFTPLUS -> Initializer.HE_NORMAL;
      case SELU -> Initializer.LECUN_NORMAL;
      case LINEAR, SIGMOID, TANH, SOFTMAX -> Initializer.GLOROT_UNIFORM;
    };
  }

  @Override
  public String toString() {
    return function.hasSlope() ? function.label() + "(" + slope + ")" : function.label();
  }
}
