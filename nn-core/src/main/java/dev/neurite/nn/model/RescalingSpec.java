package dev.neurite.nn.model;

/**
 * Multiplies the features by a constant, before any other layer.
 *
 * <p>The initialisers keep the variance of inputs whose mean square is 1. Pixels of 0...1 are
 * mostly 0, so their mean square is far smaller and the first layer learns too slowly; a factor
 * mends that and, unlike subtracting a mean, keeps zeros zero.
 *
 * @param factor finite and above 0
 */
public record RescalingSpec(float factor) implements LayerSpec {
  /** Checks the factor. */
  public RescalingSpec {
    if (!(factor > 0 && factor < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "factor must be a finite number above 0, received " + factor);
    }
  }
}
