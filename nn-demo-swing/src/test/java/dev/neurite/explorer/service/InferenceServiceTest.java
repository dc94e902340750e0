package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.nn.model.Predictor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceServiceTest {
  private static final int SIDE = 140;
  private final ManualEventThread eventThread = new ManualEventThread();
  private final InferenceService service = new InferenceService(eventThread);
  private final Predictor predictor = TinyDigits.predictor(1);

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    service.close();
    assertThat(service.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void answersWithTheSeenPixelsAndProbabilities() {
    List<DigitReading> answers = new ArrayList<>();
    service.read(new Drawing(bar(60), 2), predictor, null, answers::add);
    await(answers, 1);

    DigitReading reading = answers.get(0);
    assertThat(reading.seen()).hasSize(784).contains(0f).contains(1f);
    assertThat(reading.probabilities()).hasSize(10);
    assertThat(reading.probabilities().stream().mapToDouble(Float::doubleValue).sum())
        .isBetween(0.999, 1.001);
  }

  @Test
  void withoutANetworkOnlyTheSeenPixelsAreKnown() {
    List<DigitReading> answers = new ArrayList<>();
    service.read(new Drawing(bar(60), 2), null, null, answers::add);
    await(answers, 1);
    assertThat(answers.get(0).seen()).hasSize(784);
    assertThat(answers.get(0).probabilities()).isEmpty();
  }

  @Test
  void aSampleIsSeenAsItIsByBothNetworks() {
    List<Float> pixels = new ArrayList<>(Collections.nCopies(784, 0f));
    pixels.set(0, 0.25f); // no preparation would leave that in the corner
    Predictor rival = TinyDigits.predictor(2);
    List<DigitReading> answers = new ArrayList<>();
    DigitSample sample = new DigitSample(pixels, 3, "corner");
    service.read(sample, predictor, rival, answers::add);
    await(answers, 1);
    DigitReading reading = answers.get(0);
    assertThat(reading.seen()).isEqualTo(pixels);
    assertThat(reading.probabilities())
        .isEqualTo(Pixels.listOf(predictor.predict(sample.toArray())));
    assertThat(reading.rivalProbabilities())
        .isEqualTo(Pixels.listOf(rival.predict(sample.toArray())))
        .isNotEqualTo(reading.probabilities());
  }

  @Test
  void moreBlurSoftensMore() {
    List<DigitReading> answers = new ArrayList<>();
    service.read(new Drawing(bar(60), 0), null, null, answers::add);
    await(answers, 1);
    service.read(new Drawing(bar(60), 3), null, null, answers::add);
    await(answers, 2);
    assertThat(answers.get(1).seen().stream().filter(v -> v > 0 && v < 1).count())
        .isGreaterThan(answers.get(0).seen().stream().filter(v -> v > 0 && v < 1).count());
  }

  @Test
  void noInkIsNothing() {
    List<DigitReading> answers = new ArrayList<>();
    GreyImage blank = new GreyImage(new float[SIDE * SIDE], SIDE, SIDE);
    service.read(new Drawing(blank, 2), predictor, null, answers::add);
    await(answers, 1);
    assertThat(answers.get(0)).isEqualTo(DigitReading.NOTHING);
  }

  @Test
  void theNewestRequestIsAlwaysAnsweredAndAnswersKeepTheirOrder() {
    List<Integer> answered = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int number = i;
      service.read(
          new Drawing(bar(20 + i % 100), 2), predictor, null, reading -> answered.add(number));
    }
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!answered.contains(299) && System.nanoTime() < end) {
      eventThread.runAll();
    }
    assertThat(answered).contains(299).isSorted().doesNotHaveDuplicates();
    assertThat(answered.size()).isLessThan(300); // older ones gave way
  }

  private void await(List<DigitReading> answers, int count) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (answers.size() < count && System.nanoTime() < end) {
      eventThread.runAll();
    }
    assertThat(answers).hasSize(count);
  }

  private static GreyImage bar(int x) {
    float[] pixels = new float[SIDE * SIDE];
    for (int y = 30; y < 110; y++) {
      for (int i = 0; i < 12; i++) {
        pixels[y * SIDE + x + i] = 1f;
      }
    }
    return new GreyImage(pixels, SIDE, SIDE);
  }
}
