package dev.neurite.explorer.service;

import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingEvent;
import dev.neurite.nn.train.TrainingEvent.BatchCompleted;
import dev.neurite.nn.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;

/** Rounds of training told as one run, whose epochs and steps are counted through. */
final class Rounds {
  private Rounds() {}

  /**
   * An event of a round as one of the run. A pure function.
   *
   * @param epochsBefore epochs of the rounds before
   * @param earlier their figures
   * @param secondsBefore how long they took
   */
  static TrainingEvent told(
      TrainingEvent event, int epochsBefore, List<EpochRecord> earlier, double secondsBefore) {
    if (event instanceof BatchCompleted b) {
      return new BatchCompleted(
          b.epoch() + epochsBefore,
          b.batch(),
          b.stepsPerEpoch(),
          b.step() + (long) epochsBefore * b.stepsPerEpoch(),
          b.rows(),
          b.loss(),
          b.correct(),
          b.learningRate(),
          b.epochSeconds());
    } else if (event instanceof TrainingEvent.EpochCompleted epoch) {
      return new TrainingEvent.EpochCompleted(counted(epoch.record(), epochsBefore), epoch.best());
    } else if (event instanceof TrainingEvent.Paused paused) {
      return new TrainingEvent.Paused(paused.epoch() + epochsBefore, paused.batchesDone());
    } else if (event instanceof TrainingEvent.Ended ended) {
      TrainingResult result = ended.result();
      List<EpochRecord> history = new ArrayList<>(earlier);
      result.history().forEach(e -> history.add(counted(e, epochsBefore)));
      return new TrainingEvent.Ended(
          new TrainingResult(
              result.outcome(),
              result.message(),
              history,
              result.bestEpoch() == 0 ? 0 : result.bestEpoch() + epochsBefore,
              result.seconds() + secondsBefore));
    }
    return event;
  }

  private static EpochRecord counted(EpochRecord e, int epochsBefore) {
    return new EpochRecord(
        e.epoch() + epochsBefore,
        e.trainLoss(),
        e.trainAccuracy(),
        e.validationLoss(),
        e.validationAccuracy(),
        e.testLoss(),
        e.testAccuracy(),
        e.learningRate(),
        e.seconds());
  }
}
