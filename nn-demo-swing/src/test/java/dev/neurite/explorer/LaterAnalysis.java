package dev.neurite.explorer;

import dev.neurite.explorer.service.Analysis;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Computes when the test says so; of a topic only the newest. */
public final class LaterAnalysis implements Analysis {
  private final Map<String, Runnable> waiting = new LinkedHashMap<>();

  @Override
  public <T> void compute(
      String topic, Supplier<T> work, Consumer<T> receiver, Consumer<String> failed) {
    waiting.put(
        topic,
        () -> {
          T result;
          try {
            result = work.get();
          } catch (RuntimeException e) {
            failed.accept(e.getMessage());
            return;
          }
          receiver.accept(result);
        });
  }

  /** Computes the oldest of a topic; gives whether there was one. */
  public boolean run(String topic) {
    Runnable task = waiting.remove(topic);
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /** Computes all, and what that asks for. */
  public void runAll() {
    while (!waiting.isEmpty()) {
      run(waiting.keySet().iterator().next());
    }
  }
}
