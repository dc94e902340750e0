package dev.neurite.nn.kernel;

/** What happens to the values that stand in an output before it is written. */
public enum Write {
  /** The result replaces what stood there. */
  OVERWRITE,
  /** The result is added to what stood there. */
  ACCUMULATE
}
