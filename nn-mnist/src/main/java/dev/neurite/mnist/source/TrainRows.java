package dev.neurite.mnist.source;

/** Which of the training rows a network learns from. */
public enum TrainRows {
  /**
   * All but the validation rows: of MNIST's 60,000 rows the 55,000 from row 5,000 on. Decisions on
   * the validation rows are honest.
   */
  WITHOUT_VALIDATION,
  /** All rows; none are left for validation, so nothing can be chosen by them. */
  ALL
}
