package dev.neurite.nn.model;

/**
 * Switches off part of its inputs while training, nothing in prediction.
 *
 * @param dropRate probability that an input is switched off, in [0, 1); the others are scaled by
 *     {@code 1 / (1 - dropRate)}
 */
public record DropoutSpec(float dropRate) implements LayerSpec {
  /** Checks the rate. */
  public DropoutSpec {
    if (!(dropRate >= 0 && dropRate < 1)) {
      throw new IllegalArgumentException("dropRate must be in [0, 1), received " + dropRate);
    }
  }
}
