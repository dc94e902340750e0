package dev.neurite.explorer.service;

import dev.neurite.mnist.digit.DigitPreprocessor;
import dev.neurite.mnist.digit.DigitStages;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Predictor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers on the {@code inference} thread; the newest request wins. */
public final class InferenceService implements Inference, AutoCloseable {
  private record Request(
      @Nullable Predictor predictor, GreyImage drawing, Consumer<DigitReading> receiver) {}

  private final EventThread eventThread;
  private final DigitPreprocessor preprocessor = new DigitPreprocessor();
  private final AtomicReference<@Nullable Request> newest = new AtomicReference<>();
  private final Worker inference = new Worker("inference");

  /**
   * A service without a request; the thread starts with the first one.
   *
   * @param eventThread where answers go
   */
  public InferenceService(EventThread eventThread) {
    this.eventThread = eventThread;
  }

  @Override
  public void read(
      @Nullable Predictor predictor, GreyImage drawing, Consumer<DigitReading> receiver) {
    Request waiting = newest.getAndSet(new Request(predictor, drawing, receiver));
    if (waiting == null) {
      inference.execute(this::answerNewest);
    }
  }

  /** Ends the thread after the answer it works on; returns at once. */
  @Override
  public void close() {
    inference.end();
  }

  /**
   * Waits until the thread has ended; not for the event thread.
   *
   * @return whether it has
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return inference.awaitEnd(longest);
  }

  private void answerNewest() {
    Request request = newest.getAndSet(null);
    if (request != null) {
      DigitReading reading = read(request.predictor(), request.drawing());
      eventThread.execute(() -> request.receiver().accept(reading));
    }
  }

  private DigitReading read(@Nullable Predictor predictor, GreyImage drawing) {
    Optional<DigitStages> stages = preprocessor.prepare(drawing);
    if (stages.isEmpty()) {
      return DigitReading.NOTHING;
    }
    float[] seen = stages.get().digit().pixels();
    return new DigitReading(
        listOf(seen), predictor == null ? List.of() : listOf(predictor.predict(seen)));
  }

  private static List<Float> listOf(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
