package dev.neurite.explorer.service;

import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Predictor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a frozen network about a drawing; given on the event thread, returns at once. */
public interface Inference {
  /**
   * Reads a drawing; a request that has not begun when the next one comes is never answered.
   *
   * @param predictor whom to ask, or null to learn only what a network would see
   * @param drawing the ink
   * @param receiver gets the answer on the event thread
   */
  void read(@Nullable Predictor predictor, GreyImage drawing, Consumer<DigitReading> receiver);
}
