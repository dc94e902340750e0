package dev.neurite.nn.model;

/** What a forward pass is for. */
public enum Mode {
  /** Dropout switches units off. */
  TRAINING,
  /** Dropout does nothing. */
  INFERENCE
}
