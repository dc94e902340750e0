package dev.neurite.nn.kernel;

/**
 * The elementwise activations: each with its value and its derivative, in plain scalar form.
 *
 * <p>These are the definitions; a faster implementation must agree with them. The parameter {@code
 * slope} is the slope below zero of leaky ReLU and the scale of ELU; the others ignore it.
 */
public enum ActivationFunction {
  /** {@code max(x, 0)}; the derivative at 0 is 0. */
  RELU {
    @Override
    public float value(float x, float slope) {
      return Math.max(x, 0f);
    }

    @Override
    public float derivative(float x, float y, float slope) {
      return x > 0 ? 1f : 0f;
    }
  },
  /** {@code x} for x >= 0, {@code slope · x} below; the derivative at 0 is 1. */
  LEAKY_RELU {
    @Override
    public float value(float x, float slope) {
      return x >= 0 ? x : slope * x;
    }

    @Override
    public float derivative(float x, float y, float slope) {
      return x >= 0 ? 1f : slope;
    }
  },
  /** {@code x} for x >= 0, {@code slope · (exp(x) - 1)} below. */
  ELU {
    @Override
    public float value(float x, float slope) {
      return x >= 0 ? x : (float) (slope * Math.expm1(x));
    }

    @Override
    public float derivative(float x, float y, float slope) {
      return x >= 0 ? 1f : (float) (slope * Math.exp(x));
    }
  },
  /**
   * {@code λ · x} for x >= 0, {@code λ · α · (exp(x) - 1)} below, λ = 1.05070098, α = 1.67326324;
   * source: Klambauer et al., "Self-normalizing neural networks", 2017.
   */
  SELU {
    @Override
    public float value(float x, float slope) {
      return (float) (x >= 0 ? SELU_SCALE * x : SELU_SCALE * SELU_ALPHA * Math.expm1(x));
    }

    @Override
    public float derivative(float x, float y, float slope) {
      return (float) (x >= 0 ? SELU_SCALE : SELU_SCALE * SELU_ALPHA * Math.exp(x));
    }
  },
  /**
   * {@code x · Φ(x)} with the exact normal distribution function; source: Hendrycks and Gimpel,
   * "Gaussian error linear units", 2016.
   */
  GELU {
    @Override
    public float value(float x, float slope) {
      return x == Float.NEGATIVE_INFINITY ? -0f : (float) (x * NormalDistribution.cumulative(x));
    }

    @Override
    public float derivative(float x, float y, float slope) {
      double density = NormalDistribution.density(x);
      return (float) (NormalDistribution.cumulative(x) + (density == 0 ? 0 : x * density));
    }
  },
  /** {@code x · sigmoid(x)}, also called swish. */
  SILU {
    @Override
    public float value(float x, float slope) {
      return x == Float.NEGATIVE_INFINITY ? -0f : (float) (x * sigmoid(x));
    }

    @Override
    public float derivative(float x, float y, float slope) {
      double s = sigmoid(x);
      double rest = s * (1 - s);
      return (float) (s + (rest == 0 ? 0 : x * rest));
    }
  },
  /** {@code log(1 + exp(x))}. */
  SOFTPLUS {
    @Override
    public float value(float x, float slope) {
      return (float) (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs((double) x))));
    }

    @Override
    public float derivative(float x, float y, float slope) {
      return (float) sigmoid(x);
    }
  },
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID {
    @Override
    public float value(float x, float slope) {
      return (float) sigmoid(x);
    }

    @Override
    public float derivative(float x, float y, float slope) {
      return y * (1 - y);
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    public float value(float x, float slope) {
      return (float) Math.tanh(x);
    }

    @Override
    public float derivative(float x, float y, float slope) {
      return 1 - y * y;
    }
  };

  private static final double SELU_SCALE = 1.0507009873554804934193349852946;
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * The value at {@code x}.
   *
   * @param x input
   * @param slope the function's parameter, see the class
   */
  public abstract float value(float x, float slope);

  /**
   * The derivative at {@code x}.
   *
   * @param x input
   * @param y the function's value at {@code x}
   * @param slope the function's parameter, see the class
   */
  public abstract float derivative(float x, float y, float slope);
}
