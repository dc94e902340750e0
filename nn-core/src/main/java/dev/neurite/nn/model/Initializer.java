package dev.neurite.nn.model;

import dev.neurite.nn.random.RandomStream;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * The first values of a kernel.
 *
 * <p>With {@code in} and {@code out} the rows and columns of the kernel; normal distributions are
 * not truncated (as in PyTorch). Sources: Glorot and Bengio 2010, He et al. 2015, LeCun et al.
 * 1998.
 *
 * @param scheme which distribution
 * @param value the value of {@link Scheme#CONSTANT}, 0 for all others
 */
public record Initializer(Scheme scheme, float value) {
  /** The distributions to choose from. */
  public enum Scheme {
    /** All zeros. */
    ZEROS,
    /** All one value. */
    CONSTANT,
    /** Uniform in ±√(6 / (in + out)). */
    GLOROT_UNIFORM,
    /** Normal with variance 2 / (in + out). */
    GLOROT_NORMAL,
    /** Uniform in ±√(6 / in). */
    HE_UNIFORM,
    /** Normal with variance 2 / in. */
    HE_NORMAL,
    /** Uniform in ±√(3 / in). */
    LECUN_UNIFORM,
    /** Normal with variance 1 / in. */
    LECUN_NORMAL
  }

  /** All zeros. */
  public static final Initializer ZEROS = new Initializer(Scheme.ZEROS, 0);

  /** Uniform in ±√(6 / (in + out)). */
  public static final Initializer GLOROT_UNIFORM = new Initializer(Scheme.GLOROT_UNIFORM, 0);

  /** Normal with variance 2 / (in + out). */
  public static final Initializer GLOROT_NORMAL = new Initializer(Scheme.GLOROT_NORMAL, 0);

  /** Uniform in ±√(6 / in). */
  public static final Initializer HE_UNIFORM = new Initializer(Scheme.HE_UNIFORM, 0);

  /** Normal with variance 2 / in. */
  public static final Initializer HE_NORMAL = new Initializer(Scheme.HE_NORMAL, 0);

  /** Uniform in ±√(3 / in). */
  public static final Initializer LECUN_UNIFORM = new Initializer(Scheme.LECUN_UNIFORM, 0);

  /** Normal with variance 1 / in. */
  public static final Initializer LECUN_NORMAL = new Initializer(Scheme.LECUN_NORMAL, 0);

  /** Checks the value. */
  public Initializer {
    Objects.requireNonNull(scheme, "scheme");
    if (!Float.isFinite(value) || (scheme != Scheme.CONSTANT && value != 0)) {
      throw new IllegalArgumentException(
          "initializer %s cannot have the value %s".formatted(scheme, value));
    }
  }

  /** All one value. */
  public static Initializer constant(float value) {
    return new Initializer(Scheme.CONSTANT, value);
  }

  /**
   * Fills a kernel.
   *
   * @param kernel overwritten, {@code in × out}
   * @param stream where the numbers come from; element i takes number i of step 0
   */
  public void fill(FMatrixRMaj kernel, RandomStream stream) {
    int in = kernel.numRows;
    double both = (double) in + kernel.numCols;
    switch (scheme) {
      case ZEROS, CONSTANT -> kernel.fill(value);
      case GLOROT_UNIFORM -> fillUniform(kernel, stream, Math.sqrt(6 / both));
      case GLOROT_NORMAL -> fillNormal(kernel, stream, Math.sqrt(2 / both));
      case HE_UNIFORM -> fillUniform(kernel, stream, Math.sqrt(6.0 / in));
      case HE_NORMAL -> fillNormal(kernel, stream, Math.sqrt(2.0 / in));
      case LECUN_UNIFORM -> fillUniform(kernel, stream, Math.sqrt(3.0 / in));
      case LECUN_NORMAL -> fillNormal(kernel, stream, Math.sqrt(1.0 / in));
    }
  }

  private static void fillUniform(FMatrixRMaj kernel, RandomStream stream, double limit) {
    for (int i = 0; i < kernel.getNumElements(); i++) {
      kernel.data[i] = (float) ((2 * stream.uniformDouble(0, i) - 1) * limit);
    }
  }

  private static void fillNormal(FMatrixRMaj kernel, RandomStream stream, double deviation) {
    for (int i = 0; i < kernel.getNumElements(); i++) {
      kernel.data[i] = (float) (stream.normal(0, i) * deviation);
    }
  }
}
