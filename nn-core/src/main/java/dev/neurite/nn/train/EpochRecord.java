package dev.neurite.nn.train;

import java.util.List;
import java.util.Locale;

/**
 * The figures of one epoch; accuracies are shares, figures of an empty dataset are NaN.
 *
 * @param epoch number, from 1
 * @param trainLoss mean over the epoch's training rows, with dropout and label smoothing
 * @param trainAccuracy of the same rows, as they were while training
 * @param validationLoss after the epoch
 * @param validationAccuracy after the epoch
 * @param testLoss after the epoch; reported, never used to choose
 * @param testAccuracy after the epoch; reported, never used to choose
 * @param learningRate of the epoch's last step
 * @param seconds of training, evaluation not counted
 */
public record EpochRecord(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy,
    double testLoss,
    double testAccuracy,
    double learningRate,
    double seconds) {

  /** The history as comma-separated values with a header line. */
  public static String toCsv(List<EpochRecord> history) {
    StringBuilder text = new StringBuilder();
    text.append(
        "epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,testLoss,testAccuracy,"
            + "learningRate,seconds\n");
    for (EpochRecord e : history) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%s,%s,%s,%s,%s,%s\n",
              e.epoch,
              e.trainLoss,
              e.trainAccuracy,
              e.validationLoss,
              e.validationAccuracy,
              e.testLoss,
              e.testAccuracy,
              e.learningRate,
              e.seconds));
    }
    return text.toString();
  }
}
