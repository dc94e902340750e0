package dev.neurite.explorer;

import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingResult;
import java.util.List;

/** Events as a trainer would say them. */
public final class Events {
  private Events() {}

  /** The beginning of a run of ten batches an epoch. */
  public static TrainingEvent started() {
    return new TrainingEvent.Started(
        TinyDigits.experiment(3).model(), TinyDigits.experiment(3).training(), 200, 10, 1);
  }

  /** A batch of 20 rows, 10 of an epoch. */
  public static TrainingEvent.BatchCompleted batch(int epoch, int batch, double loss) {
    return new TrainingEvent.BatchCompleted(
        epoch, batch, 10, (epoch - 1) * 10L + batch, 20, loss, 15, 0.001, 0.1 * batch);
  }

  /** An epoch whose accuracies are a tenth of its number. */
  public static EpochRecord epoch(int number) {
    double accuracy = number / 10.0;
    return new EpochRecord(
        number, 1.0 / number, accuracy, 2.0 / number, accuracy, 3.0 / number, accuracy, 0.001, 1);
  }

  /** The same as an event. */
  public static TrainingEvent epochCompleted(int number) {
    return new TrainingEvent.EpochCompleted(epoch(number), false);
  }

  /** The end of a run. */
  public static TrainingEvent ended(TrainingResult.Outcome outcome, List<EpochRecord> history) {
    return new TrainingEvent.Ended(new TrainingResult(outcome, "because", history, 0, 12.5));
  }
}
