package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.session.LossTrace;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;

class EventRelayTest {
  private final ManualEventThread eventThread = new ManualEventThread();
  private final AtomicLong nanos = new AtomicLong();
  private final List<RunProgress> delivered = new ArrayList<>();
  private final EventRelay relay =
      new EventRelay(eventThread, nanos::get, () -> 250, delivered::add);

  @Test
  void aFloodKeepsEveryEpochAndTheEndInOrderAndTheNewestBatch() {
    relay.offer(new RunEvent.Trained(Events.started()));
    for (int epoch = 1; epoch <= 500; epoch++) {
      for (int batch = 1; batch <= 10; batch++) {
        offer(Events.batch(epoch, batch, epoch));
      }
      offer(Events.epochCompleted(epoch));
    }
    offer(Events.batch(501, 1, 7));
    offer(Events.ended(Outcome.CANCELLED, List.of()));

    assertThat(delivered).isEmpty(); // the event thread has not moved, yet all offers returned
    assertThat(eventThread.waiting()).isEqualTo(1);
    eventThread.runAll();

    assertThat(delivered).hasSize(1);
    List<TrainingEvent> events = trained(delivered.get(0));
    assertThat(events).hasSize(503);
    assertThat(events.get(0)).isInstanceOf(TrainingEvent.Started.class);
    for (int epoch = 1; epoch <= 500; epoch++) {
      assertThat(events.get(epoch)).isEqualTo(Events.epochCompleted(epoch));
    }
    assertThat(events.get(501)).isEqualTo(Events.batch(501, 1, 7));
    assertThat(events.get(502)).isInstanceOf(TrainingEvent.Ended.class);
  }

  @Test
  void noBatchIsLostFromTheTrace() {
    double sum = 0;
    for (int i = 0; i < 12_345; i++) {
      double loss = 1 + (i % 7);
      sum += loss;
      offer(Events.batch(1 + i / 10, 1 + i % 10, loss));
    }
    eventThread.runAll();

    LossTrace trace = delivered.get(0).trace();
    assertThat(trace.batches()).isEqualTo(12_345);
    assertThat(trace.points()).hasSizeLessThanOrEqualTo(600).hasSizeGreaterThan(250);
    double traced = trace.points().stream().mapToDouble(p -> p.meanLoss() * p.batches()).sum();
    assertThat(traced).isCloseTo(sum, within(1e-6));
    assertThat(trace.points()).allMatch(p -> p.minimumLoss() == 1 && p.maximumLoss() == 7);
    assertThat(trace.points()).isSortedAccordingTo((a, b) -> Double.compare(a.epoch(), b.epoch()));
    assertThat(trace.points().get(trace.points().size() - 1).epoch()).isEqualTo(1234.5);
  }

  @Test
  void deliversAtMostOncePerPeriod() {
    offer(Events.batch(1, 1, 1));
    eventThread.run();
    assertThat(delivered).hasSize(1);

    offer(Events.batch(1, 2, 1));
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(20));
    eventThread.run();
    assertThat(delivered).hasSize(1); // put off
    assertThat(eventThread.waiting()).isEqualTo(1);
    offer(Events.batch(1, 3, 1));
    assertThat(eventThread.waiting()).isEqualTo(1); // and not asked for twice

    eventThread.runAll();
    assertThat(delivered).hasSize(2);
    assertThat(trained(delivered.get(1))).containsExactly(Events.batch(1, 3, 1));
  }

  @Test
  void aStuckEventThreadDoesNotHoldUpTheTrainer() throws Exception {
    EventRelay real =
        new EventRelay(SwingUtilitiesThread.INSTANCE, System::nanoTime, () -> 250, p -> {});
    CountDownLatch stuck = new CountDownLatch(1);
    SwingUtilities.invokeLater(
        () -> {
          try {
            stuck.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Thread trainer =
        new Thread(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                real.offer(new RunEvent.Trained(Events.batch(1 + i / 10, 1 + i % 10, 1)));
              }
            });
    trainer.start();
    trainer.join(20_000);
    boolean finished = !trainer.isAlive();
    stuck.countDown();
    SwingUtilities.invokeAndWait(() -> {});
    assertThat(finished).isTrue();
  }

  private void offer(TrainingEvent event) {
    relay.offer(new RunEvent.Trained(event));
  }

  private static List<TrainingEvent> trained(RunProgress progress) {
    return progress.events().stream().map(e -> ((RunEvent.Trained) e).event()).toList();
  }

  /** The real event thread. */
  private enum SwingUtilitiesThread implements EventThread {
    INSTANCE;

    @Override
    public void execute(Runnable task) {
      SwingUtilities.invokeLater(task);
    }

    @Override
    public void executeLater(long milliseconds, Runnable task) {
      SwingUtilities.invokeLater(task);
    }
  }
}
