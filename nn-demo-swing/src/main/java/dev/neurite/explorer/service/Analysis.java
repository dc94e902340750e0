package dev.neurite.explorer.service;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Computes on a thread of its own; given on the event thread, returns at once. */
public interface Analysis {
  /**
   * Computes something; of what has the same topic and has not begun, only the newest is done.
   *
   * @param topic what it is about, for example {@code saliency}
   * @param work computes values from values; runs on another thread
   * @param receiver gets the result on the event thread
   * @param failed gets the reason on the event thread if it broke
   */
  <T> void compute(String topic, Supplier<T> work, Consumer<T> receiver, Consumer<String> failed);
}
