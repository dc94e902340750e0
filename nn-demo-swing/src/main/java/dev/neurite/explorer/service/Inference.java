package dev.neurite.explorer.service;

import dev.neurite.nn.model.Predictor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks frozen networks about a digit; given on the event thread, returns at once. */
public interface Inference {
  /**
   * Reads a digit; a request that has not begun when the next one comes is never answered.
   *
   * @param specimen a drawing, or a digit that is taken as it is
   * @param predictor whom to ask, or null to learn only what a network would see
   * @param rival whom to ask about the same pixels for comparison, or null for nobody
   * @param receiver gets the answer on the event thread
   */
  void read(
      Specimen specimen,
      @Nullable Predictor predictor,
      @Nullable Predictor rival,
      Consumer<DigitReading> receiver);
}
