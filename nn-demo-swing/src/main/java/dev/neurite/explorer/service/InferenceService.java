package dev.neurite.explorer.service;

import dev.neurite.mnist.digit.DigitPreprocessor;
import dev.neurite.nn.model.Predictor;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers on the {@code inference} thread; the newest request wins. */
public final class InferenceService implements Inference, AutoCloseable {
  private record Request(
      Specimen specimen,
      @Nullable Predictor predictor,
      @Nullable Predictor rival,
      Consumer<DigitReading> receiver) {}

  private final EventThread eventThread;
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
      Specimen specimen,
      @Nullable Predictor predictor,
      @Nullable Predictor rival,
      Consumer<DigitReading> receiver) {
    Request waiting = newest.getAndSet(new Request(specimen, predictor, rival, receiver));
    if (waiting == null) {
      inference.expectAnswer();
      inference.execute(this::answerNewest);
    }
  }

  /** Whether every request has been answered. */
  public boolean isAtRest() {
    return inference.isAtRest();
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
      DigitReading reading = answer(request);
      inference.answer(eventThread, () -> request.receiver().accept(reading));
    }
  }

  private static DigitReading answer(Request request) {
    float[] seen = seen(request.specimen());
    return seen.length == 0
        ? DigitReading.NOTHING
        : new DigitReading(
            Pixels.listOf(seen), ask(request.predictor(), seen), ask(request.rival(), seen));
  }

  /** What a network sees of it; empty for no ink. */
  private static float[] seen(Specimen specimen) {
    if (specimen instanceof Drawing drawing) {
      return new DigitPreprocessor(drawing.blurSigma())
          .prepare(drawing.ink())
          .map(stages -> stages.digit().pixels())
          .orElse(new float[0]);
    }
    return ((DigitSample) specimen).toArray();
  }

  private static List<Float> ask(@Nullable Predictor predictor, float[] seen) {
    if (predictor == null) {
      return List.of();
    }
    try {
      return Pixels.listOf(predictor.predict(seen));
    } catch (UncheckedIOException e) { // it was put aside, and its file has gone
      return List.of();
    }
  }
}
