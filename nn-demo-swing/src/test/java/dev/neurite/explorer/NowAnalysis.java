package dev.neurite.explorer;

import dev.neurite.explorer.service.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Computes at once and remembers what about. */
public final class NowAnalysis implements Analysis {
  /** Topics in the order of their requests. */
  public final List<String> topics = new ArrayList<>();

  @Override
  public <T> void compute(
      String topic, Supplier<T> work, Consumer<T> receiver, Consumer<String> failed) {
    topics.add(topic);
    receiver.accept(work.get());
  }
}
