package dev.neurite.nn.kernel;

/**
 * The activations and their derivatives over arrays, without a call or a branch per element.
 *
 * <p>They are computed a block at a time: a block is copied to the start of an array of its own,
 * where the JIT compiler turns the small loops below into vector code, then copied back. A choice
 * between two formulas is made by arithmetic, for instance {@code max(x, 0) + f(min(x, 0))}: a
 * branch on a random sign costs more than both formulas.
 *
 * <p>The exponential: with {@code h = round(x / 2 ln 2)} and {@code r = x - h · 2 ln 2} (Cody and
 * Waite's reduction in two parts) it is {@code 2^h · 2^h · e^r}; {@code e^r - 1} is a minimax
 * polynomial of degree 8 for {@code |r| <= ln 2}, relative error 1.4e-9. The number h is rounded by
 * adding a constant with 2^23 in it, so that it stands in the lowest bits of the sum, from where a
 * shift makes the float {@code 2^h}. Using it twice reaches every result from the smallest
 * subnormal float to overflow. Error: at most 2 units in the last place.
 *
 * <p>One object per thread, because it owns scratch memory.
 */
public class PlainActivations {
  /** Elements computed at a time: all scratch stays within the first-level cache. */
  private static final int BLOCK = 512;

  /** Below this the exponential is 0, above {@link #HIGHEST} infinite. */
  private static final float LOWEST = -104;

  /** Above this the exponential is infinite. */
  private static final float HIGHEST = 89;

  /** {@code 1 / (2 ln 2)}. */
  private static final float HALF_LOG2_E = 0.72134752044f;

  /** {@code 1.5 · 2^23 + 127}: its unit in the last place is 1, its low bits are those of 2^0. */
  private static final float ROUNDER = 0x1.8p23f + 127;

  /** {@code -2 ln 2} rounded to float. */
  private static final float MINUS_TWO_LN_2 = -1.3862944f;

  /** The rest: {@code -2 ln 2 - MINUS_TWO_LN_2}. */
  private static final float MINUS_TWO_LN_2_REST =
      (float) (-2 * 0.693147180559945309417 - (double) MINUS_TWO_LN_2);

  /** Coefficients of {@code (e^r - 1 - r) / r²}, lowest first. */
  private static final float E0 = 0.5f;

  /** The next coefficient, of r. */
  private static final float E1 = 0.16666671633720398f;

  /** The next coefficient, of r². */
  private static final float E2 = 0.04166661947965622f;

  /** The next coefficient, of r³. */
  private static final float E3 = 0.008332628756761551f;

  /** The next coefficient, of r⁴. */
  private static final float E4 = 0.0013890425907447934f;

  /** The next coefficient, of r⁵. */
  private static final float E5 = 0.0002009576855925843f;

  /** The next coefficient, of r⁶. */
  private static final float E6 = 2.4781156753306277e-05f;

  private static final float SELU_SCALE = 1.05070098735548049342f;
  private static final float SELU_LOW = (float) (1.05070098735548049342 * 1.67326324235437728482);
  private static final float DENSITY_AT_ZERO = 0.39894228040143267794f;

  /** Where the normal distribution's tail is below every float. */
  private static final float TAIL_END = 14.5f;

  private final float[] x = new float[BLOCK];
  private final float[] z = new float[BLOCK];
  private final float[] power = new float[BLOCK];
  private final float[] scale = new float[BLOCK];

  /** {@code y = f(x)} from {@code from} to {@code to}; y is overwritten. */
  final void activate(
      ActivationFunction f, float slope, float[] input, float[] output, int from, int to) {
    switch (f) {
      case RELU -> relu(input, output, from, to);
      case LEAKY_RELU -> leakyRelu(input, output, slope, from, to);
      default -> activateInBlocks(f, slope, input, output, from, to);
    }
  }

  private void activateInBlocks(
      ActivationFunction f, float slope, float[] input, float[] output, int from, int to) {
    for (int at = from; at < to; at += BLOCK) {
      int n = Math.min(BLOCK, to - at);
      System.arraycopy(input, at, x, 0, n);
      value(f, slope, n);
      System.arraycopy(z, 0, output, at, n);
    }
  }

  /** {@code dx = f'(x) · dy} from {@code from} to {@code to}, written as {@code write} says. */
  final void activateBackward(
      ActivationFunction f,
      float slope,
      float[] input,
      float[] output,
      float[] dy,
      float[] dx,
      int from,
      int to,
      Write write) {
    if (write == Write.OVERWRITE && f == ActivationFunction.RELU) {
      reluBackward(output, dy, dx, from, to);
    } else if (write == Write.OVERWRITE && f == ActivationFunction.SIGMOID) {
      sigmoidBackward(output, dy, dx, from, to);
    } else if (write == Write.OVERWRITE && f == ActivationFunction.TANH) {
      tanhBackward(output, dy, dx, from, to);
    } else {
      backwardInBlocks(f, slope, input, output, dy, dx, from, to, write);
    }
  }

  private void backwardInBlocks(
      ActivationFunction f,
      float slope,
      float[] input,
      float[] output,
      float[] dy,
      float[] dx,
      int from,
      int to,
      Write write) {
    for (int at = from; at < to; at += BLOCK) {
      int n = Math.min(BLOCK, to - at);
      System.arraycopy(input, at, x, 0, n);
      System.arraycopy(output, at, z, 0, n);
      derivative(f, slope, n);
      System.arraycopy(dy, at, x, 0, n);
      if (write == Write.OVERWRITE) {
        multiply(z, x, n);
      } else {
        System.arraycopy(dx, at, power, 0, n);
        multiplyAndAdd(z, x, power, n);
      }
      System.arraycopy(z, 0, dx, at, n);
    }
  }

  /**
   * {@code y = e^x}: at most 2 units in the last place off, infinite from 88.72284 on, subnormal
   * below -87.3, NaN for NaN.
   *
   * @param input read
   * @param output overwritten from {@code from} to {@code to}; may be the input
   */
  public final void exponential(float[] input, float[] output, int from, int to) {
    for (int at = from; at < to; at += BLOCK) {
      int n = Math.min(BLOCK, to - at);
      System.arraycopy(input, at, power, 0, n);
      exponential(power, scale, n);
      System.arraycopy(power, 0, output, at, n);
    }
  }

  /** z = f(x). */
  private void value(ActivationFunction f, float slope, int n) {
    switch (f) {
      case RELU -> relu(x, z, 0, n);
      case LEAKY_RELU -> leakyRelu(x, z, slope, 0, n);
      case ELU -> {
        negativePart(x, power, n);
        exponentialMinusOne(power, scale, n);
        elu(x, power, z, 1, slope, n);
      }
      case SELU -> {
        negativePart(x, power, n);
        exponentialMinusOne(power, scale, n);
        elu(x, power, z, SELU_SCALE, SELU_LOW, n);
      }
      case GELU -> {
        negativeHalfSquare(x, power, n);
        exponential(power, scale, n);
        gelu(x, power, z, n);
      }
      case SILU -> {
        clampedNegative(x, power, n);
        exponential(power, scale, n);
        silu(x, power, z, n);
      }
      case SOFTPLUS -> {
        negativeMagnitude(x, power, n);
        exponential(power, scale, n);
        softplus(x, power, z, n);
      }
      case SIGMOID -> {
        negative(x, power, n);
        exponential(power, scale, n);
        sigmoid(power, z, n);
      }
      case TANH -> {
        negativeDoubleMagnitude(x, power, n);
        exponentialMinusOne(power, scale, n);
        tanh(x, power, z, n);
      }
    }
  }

  /** z = f'(x), where z holds f(x). */
  private void derivative(ActivationFunction f, float slope, int n) {
    switch (f) {
      case RELU -> reluDerivative(z, n);
      case LEAKY_RELU -> leakyReluDerivative(x, z, slope, n);
      case ELU -> eluDerivative(x, z, 1, slope, n);
      case SELU -> eluDerivative(x, z, SELU_SCALE, SELU_LOW, n);
      case GELU -> {
        negativeHalfSquare(x, power, n);
        exponential(power, scale, n);
        geluDerivative(x, power, z, n);
      }
      case SILU -> {
        clampedNegative(x, power, n);
        exponential(power, scale, n);
        siluDerivative(x, power, z, n);
      }
      case SOFTPLUS -> {
        negative(x, power, n);
        exponential(power, scale, n);
        sigmoid(power, z, n);
      }
      case SIGMOID -> sigmoidDerivative(z, n);
      case TANH -> tanhDerivative(z, n);
    }
  }

  // The exponential.

  /** {@code a = e^a} for the first {@code n} elements; the scratch is overwritten. */
  private void exponential(float[] a, float[] scratch, int n) {
    reduce(a, scratch, n);
    powerOfTwo(scratch, n);
    expand(a, scratch, n);
  }

  /** {@code a = e^a - 1} for a <= 0, which keeps the small results exact. */
  private void exponentialMinusOne(float[] a, float[] scratch, int n) {
    reduce(a, scratch, n);
    powerOfTwo(scratch, n);
    expandMinusOne(a, scratch, n);
  }

  private static void expand(float[] a, float[] scale, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = Math.fma(a[i], scale[i], scale[i]) * scale[i];
    }
  }

  private static void expandMinusOne(float[] a, float[] scale, int n) {
    for (int i = 0; i < n; i++) {
      float square = scale[i] * scale[i];
      a[i] = Math.fma(a[i], square, square - 1f);
    }
  }

  /** {@code a = e^r - 1}; the low bits of the scale are h + 127. */
  private static void reduce(float[] a, float[] scale, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.max(LOWEST, Math.min(HIGHEST, a[i]));
      float rounded = Math.fma(v, HALF_LOG2_E, ROUNDER);
      float h = rounded - ROUNDER;
      float r = Math.fma(h, MINUS_TWO_LN_2_REST, Math.fma(h, MINUS_TWO_LN_2, v));
      float p = Math.fma(r, Math.fma(r, E6, E5), E4);
      p = Math.fma(r, Math.fma(r, Math.fma(r, Math.fma(r, p, E3), E2), E1), E0);
      scale[i] = rounded;
      a[i] = Math.fma(p, r * r, r);
    }
  }

  /**
   * Makes {@code 2^h} of a float whose low bits are h + 127: the one loop that the JIT compiler
   * does not turn into vector code.
   *
   * @param scale read and overwritten; its length is a multiple of any vector's, and elements from
   *     {@code n} on may change
   * @param n number of elements
   */
  protected void powerOfTwo(float[] scale, int n) {
    for (int i = 0; i < n; i++) {
      scale[i] = Float.intBitsToFloat(Float.floatToRawIntBits(scale[i]) << 23);
    }
  }

  // What is done before the exponential.

  private static void negative(float[] x, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = -x[i];
    }
  }

  private static void negativePart(float[] x, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = Math.min(x[i], 0f);
    }
  }

  private static void negativeMagnitude(float[] x, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = -Math.abs(x[i]);
    }
  }

  private static void negativeDoubleMagnitude(float[] x, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = -2f * Math.abs(x[i]);
    }
  }

  /** Keeps x where products with the exponential stay finite, and negates it. */
  private static void clampedNegative(float[] x, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = -Math.max(x[i], LOWEST);
    }
  }

  /**
   * {@code -x²/2}. The square is rounded; what that loses, {@code fma(x, x, -x²)}, is put back in
   * {@link #tail}.
   */
  private static void negativeHalfSquare(float[] x, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.min(Math.abs(x[i]), TAIL_END);
      a[i] = -0.5f * (v * v);
    }
  }

  // Values.

  private static void relu(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0f);
    }
  }

  private static void leakyRelu(float[] x, float[] y, float slope, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0f) + slope * Math.min(x[i], 0f);
    }
  }

  private static void elu(float[] x, float[] minusOne, float[] y, float high, float low, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = high * Math.max(x[i], 0f) + low * minusOne[i];
    }
  }

  /** {@code x · Φ(x) = max(x, 0) - |x| · Φ(-|x|)}. */
  private static void gelu(float[] x, float[] power, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.min(Math.abs(x[i]), TAIL_END);
      float exact = Math.fma(-0.5f * Math.fma(v, v, -(v * v)), power[i], power[i]);
      y[i] = Math.max(x[i], 0f) - v * (tail(v) * exact);
    }
  }

  /**
   * {@code Φ(-v) · e^(v²/2)} for v in [0, 14.5]: a minimax polynomial in {@code 1 / (1 + 0.26 v)},
   * relative error 2.8e-8.
   */
  private static float tail(float v) {
    float t = 1f / Math.fma(v, 0.26f, 1f);
    float p = Math.fma(t, 0.03023013472557068f, -0.15149366855621338f);
    p = Math.fma(t, p, 0.24873173236846924f);
    p = Math.fma(t, p, -0.14778776466846466f);
    p = Math.fma(t, p, 0.158757746219635f);
    p = Math.fma(t, p, 0.051965225487947464f);
    p = Math.fma(t, p, 0.10278858244419098f);
    p = Math.fma(t, p, 0.10305098444223404f);
    p = Math.fma(t, p, 0.10375702381134033f);
    return t * p;
  }

  /** {@code x / (1 + e^-x)}; below -88.7, where it is smaller than 3e-37, it is -0. */
  private static void silu(float[] x, float[] power, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(x[i], LOWEST) / (1f + power[i]);
    }
  }

  /** {@code max(x, 0) + log(1 + p)} with {@code log(1 + p) = 2 artanh(p / (2 + p))}. */
  private static void softplus(float[] x, float[] power, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float u = power[i] / (2f + power[i]);
      float square = u * u;
      float p = Math.fma(square, 0.14012229442596436f, 0.13999570906162262f);
      p = Math.fma(square, Math.fma(square, p, 0.20010849833488464f), 0.3333320617675781f);
      float twice = u + u;
      y[i] = Math.max(x[i], 0f) + Math.fma(twice * square, p, twice);
    }
  }

  private static void sigmoid(float[] power, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = 1f / (1f + power[i]);
    }
  }

  /**
   * {@code ±m / (m + 2)} with {@code m = e^(-2|x|) - 1}, which loses nothing where x is small; at
   * most 4 units in the last place.
   */
  private static void tanh(float[] x, float[] minusOne, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float sign = Math.max(-1f, Math.min(1f, x[i] * 0x1p127f * 0x1p127f));
      y[i] = -sign * (minusOne[i] / (minusOne[i] + 2f));
    }
  }

  // Derivatives.

  /** 1 where v > 0, 0 where it is 0: even the smallest float times 2^254 is above 1. */
  private static float isPositive(float v) {
    return Math.min(v * 0x1p127f * 0x1p127f, 1f);
  }

  private static void reluBackward(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = isPositive(y[i]) * dy[i];
    }
  }

  private static void sigmoidBackward(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = y[i] * (1f - y[i]) * dy[i];
    }
  }

  private static void tanhBackward(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] = (1f - y[i] * y[i]) * dy[i];
    }
  }

  private static void reluDerivative(float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = isPositive(y[i]);
    }
  }

  private static void leakyReluDerivative(float[] x, float[] d, float slope, int n) {
    for (int i = 0; i < n; i++) {
      float below = isPositive(Math.max(-x[i], 0f));
      d[i] = (1f - below) + below * slope;
    }
  }

  /** Below zero {@code low · e^x}, which is {@code y + low}. */
  private static void eluDerivative(float[] x, float[] y, float high, float low, int n) {
    for (int i = 0; i < n; i++) {
      float below = isPositive(Math.max(-x[i], 0f));
      y[i] = (1f - below) * high + below * (Math.min(y[i], 0f) + low);
    }
  }

  /** {@code Φ(x) + x · φ(x)}: h below zero and 1 - h above, with {@code h = Φ(-|x|) - |x| · φ}. */
  private static void geluDerivative(float[] x, float[] power, float[] d, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.min(Math.abs(x[i]), TAIL_END);
      float exact = Math.fma(-0.5f * Math.fma(v, v, -(v * v)), power[i], power[i]);
      float h = Math.fma(-v, DENSITY_AT_ZERO, tail(v)) * exact;
      float above = isPositive(Math.max(x[i], 0f));
      d[i] = above + (1f - 2f * above) * h;
    }
  }

  /** {@code s + x · s · (1 - s)} with the sigmoid s. */
  private static void siluDerivative(float[] x, float[] power, float[] d, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.max(LOWEST, Math.min(-LOWEST, x[i]));
      float s = 1f / (1f + power[i]);
      d[i] = s * Math.fma(v, 1f - s, 1f);
    }
  }

  private static void sigmoidDerivative(float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = y[i] * (1f - y[i]);
    }
  }

  private static void tanhDerivative(float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = 1f - y[i] * y[i];
    }
  }

  private static void multiply(float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] *= b[i];
    }
  }

  private static void multiplyAndAdd(float[] a, float[] b, float[] c, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = a[i] * b[i] + c[i];
    }
  }
}
