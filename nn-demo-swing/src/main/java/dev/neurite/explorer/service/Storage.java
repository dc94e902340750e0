package dev.neurite.explorer.service;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Reads and writes files off the event thread; given on the event thread, returns at once. */
public interface Storage {
  /**
   * Does something with files after what was given before; nothing is dropped.
   *
   * @param work runs on another thread
   * @param receiver gets the result on the event thread
   * @param failed gets the reason on the event thread if it broke
   */
  <T> void run(Callable<T> work, Consumer<T> receiver, Consumer<String> failed);
}
