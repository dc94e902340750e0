package dev.neurite.nn.model;

import java.util.Objects;

/**
 * A layer of units that each see all inputs: {@code activation(x · kernel + bias)}.
 *
 * @param units number of outputs, 1...65,536
 * @param activation what is done to the sums
 * @param initializer first values of the kernel; biases start at zero
 */
public record DenseSpec(int units, Activation activation, Initializer initializer)
    implements LayerSpec {
  /** Largest number of units. */
  public static final int MAX_UNITS = 1 << 16;

  /** Checks the number of units. */
  public DenseSpec {
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initializer, "initializer");
    if (units < 1 || units > MAX_UNITS) {
      throw new IllegalArgumentException(
          "units must be 1...%d, received %d".formatted(MAX_UNITS, units));
    }
  }

  /** A layer with the activation's usual initialiser. */
  public DenseSpec(int units, Activation activation) {
    this(units, activation, activation.defaultInitializer());
  }
}
