package dev.neurite.explorer.config;

/**
 * A field of the form.
 *
 * @param kind which
 * @param layer index of the hidden layer for {@link Kind#UNITS}, else 0
 */
public record Field(Kind kind, int layer) {
  /** The kinds of fields that can hold something invalid. */
  public enum Kind {
    /** The hidden layers as a whole. */
    LAYERS,
    /** Units of a hidden layer. */
    UNITS,
    /** The learning rate. */
    LEARNING_RATE,
    /** The number of epochs. */
    EPOCHS,
    /** The batch size. */
    BATCH_SIZE,
    /** The seed. */
    SEED
  }

  /** A field that is there once. */
  public static Field of(Kind kind) {
    return new Field(kind, 0);
  }

  /** The units of a hidden layer. */
  public static Field units(int layer) {
    return new Field(Kind.UNITS, layer);
  }
}
