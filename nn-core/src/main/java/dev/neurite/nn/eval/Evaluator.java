package dev.neurite.nn.eval;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model over datasets; recorded once, used as often as wanted, for one thread at a time.
 *
 * <p>It reads the model's live values, without dropout and without label smoothing.
 */
public final class Evaluator {
  private static final int BATCH = 500;
  private static final int[] OWN_ORDER = {};

  private final Model model;
  private final Loss loss;
  private final Engine engine;
  private @Nullable RecordedBatch batch;

  /**
   * An evaluator for a model.
   *
   * @param model whose live values are used
   * @param loss the loss to report
   * @param engine what to run on; not closed
   */
  public Evaluator(Model model, Loss loss, Engine engine) {
    this.model = model;
    this.loss = loss;
    this.engine = engine;
  }

  /**
   * Evaluates on all examples of a dataset.
   *
   * @throws IllegalArgumentException if the data does not fit the model
   */
  public Evaluation evaluate(Dataset data) {
    if (batch == null) {
      batch = new RecordedBatch(model, loss, 0, Mode.INFERENCE, 0, BATCH, data, engine);
    }
    double lossSum = 0;
    int top2 = 0;
    int[][] confusion = new int[data.outputs()][data.outputs()];
    for (int from = 0; from < data.size(); from += BATCH) {
      int rows = Math.min(BATCH, data.size() - from);
      batch.load(data, OWN_ORDER, from, rows);
      batch.forward(0);
      lossSum += (double) batch.loss() * rows;
      for (int row = 0; row < rows; row++) {
        if (batch.label(row) != Dataset.NO_LABEL) {
          confusion[batch.label(row)][batch.largest(row)]++;
          top2 += batch.rankOfLabel(row) < 2 ? 1 : 0;
        }
      }
    }
    return new Evaluation(data.size(), lossSum / data.size(), top2, confusion);
  }
}
