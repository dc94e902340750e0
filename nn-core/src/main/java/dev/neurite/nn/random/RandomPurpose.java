package dev.neurite.nn.random;

/**
 * What a random number is for; two purposes never share a stream.
 *
 * <p>The code of a purpose is part of the definition of every result: it must never change.
 */
public enum RandomPurpose {
  /** First values of the weights; the lane is the index of the dense layer. */
  INITIALIZATION(1),
  /** Order of the training rows; the step is the epoch. */
  SHUFFLE(2),
  /** Units switched off; the lane is the index of the dropout layer, the step the training step. */
  DROPOUT(3),
  /** Changes made to training examples; the step is the epoch. */
  AUGMENTATION(4),
  /** Examples made from nothing. */
  SYNTHESIS(5),
  /** Settings drawn in a search; the lane is the index of the setting, the step the draw. */
  SEARCH(6);

  private final int code;

  RandomPurpose(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
