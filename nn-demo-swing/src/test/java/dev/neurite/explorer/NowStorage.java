package dev.neurite.explorer;

import dev.neurite.explorer.service.Storage;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Reads and writes at once. */
public final class NowStorage implements Storage {
  @Override
  public <T> void run(Callable<T> work, Consumer<T> receiver, Consumer<String> failed) {
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      failed.accept(e.getMessage());
      return;
    }
    receiver.accept(result);
  }
}
