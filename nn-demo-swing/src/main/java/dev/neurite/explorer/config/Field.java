package dev.neurite.explorer.config;

/**
 * A field of the form.
 *
 * @param kind which
 * @param layer index of the hidden layer for {@link Kind#UNITS} and {@link Kind#DROPOUT}, else 0
 */
public record Field(Kind kind, int layer) {
  /** The kinds of fields that can hold something invalid. */
  public enum Kind {
    /** The hidden layers as a whole. */
    LAYERS,
    /** Units of a hidden layer. */
    UNITS,
    /** Dropout after a hidden layer. */
    DROPOUT,
    /** The learning rate. */
    LEARNING_RATE,
    /** The number of epochs. */
    EPOCHS,
    /** The batch size. */
    BATCH_SIZE,
    /** The seed. */
    SEED,
    /** Number of cycles of a schedule with restarts. */
    CYCLES,
    /** Length of a cycle as a multiple of the one before. */
    MULTIPLIER,
    /** Smallest rate as a share of the largest. */
    MINIMUM,
    /** Share of the run that the rate rises. */
    WARM_UP,
    /** Weight decay. */
    WEIGHT_DECAY,
    /** Largest norm of the weights of a unit. */
    MAX_NORM,
    /** Label smoothing. */
    LABEL_SMOOTHING
  }

  /** A field that is there once. */
  public static Field of(Kind kind) {
    return new Field(kind, 0);
  }

  /** The dropout after a hidden layer. */
  public static Field dropout(int layer) {
    return new Field(Kind.DROPOUT, layer);
  }

  /** The units of a hidden layer. */
  public static Field units(int layer) {
    return new Field(Kind.UNITS, layer);
  }
}
