package dev.neurite.nn.eval;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.data.NonZeroBlocks;
import dev.neurite.nn.data.SparseDataset;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import org.jspecify.annotations.Nullable;

/**
 * A model and its loss, recorded for batches of up to a number of rows; loading and replaying a
 * batch takes no memory.
 *
 * <p>Order of use: {@link #load}, {@link #forward}, then read {@link #loss} and {@link #correct},
 * or go on with {@link #backward}.
 */
public final class RecordedBatch {
  private static final int SMALLEST_GATHER = 64;

  private final ModelSpec spec;
  private final Engine engine;
  private final Tape tape;
  private final Variable x;
  private final Variable targets;
  private final int[] labels;
  private final Variable logits;
  private final Variable loss;
  private final Loss kind;
  private final RangeTask gatherRows = this::gatherRows;

  /** The non-zero features of the batch, where only those are kept. */
  private final @Nullable CompressedRows elements;

  /** The features of the batch; empty until they are needed where only non-zero ones are kept. */
  private float[] dense;

  private Dataset data;
  private int[] order = {};
  private int from;

  /**
   * Records a model.
   *
   * @param model whose live values are used
   * @param kind the loss
   * @param labelSmoothing smoothing of class labels, in [0, 1)
   * @param mode whether dropout acts and gradients are wanted
   * @param seed seed of the dropout masks
   * @param capacity largest number of rows
   * @param data the features' number is taken from here
   * @param engine what to run on; not closed
   * @throws IllegalArgumentException if loss, model and data do not fit together
   */
  public RecordedBatch(
      Model model,
      Loss kind,
      float labelSmoothing,
      Mode mode,
      long seed,
      int capacity,
      Dataset data,
      Engine engine) {
    kind.requireFits(model.spec());
    requireFits(data, model.spec());
    this.spec = model.spec();
    this.engine = engine;
    this.kind = kind;
    this.data = data;
    tape = (mode == Mode.TRAINING ? new Tape(engine) : Tape.withoutGradients(engine)).seed(seed);
    boolean compress =
        data.density() <= CompressedRows.LARGEST_DENSITY && spec.takesCompressedInput(mode);
    x =
        compress
            ? tape.compressedInput(capacity, data.features())
            : tape.input(capacity, data.features());
    elements = x.compressed();
    dense = compress ? new float[0] : x.value().data;
    targets = tape.input(kind.usesLabels() ? 1 : capacity, data.outputs());
    labels = new int[capacity];
    logits = model.logits(tape, x, mode);
    loss =
        kind.record(
            tape, logits, model.spec().outputLayer().activation(), targets, labels, labelSmoothing);
  }

  private static void requireFits(Dataset data, ModelSpec spec) {
    if (data.features() != spec.inputs() || data.outputs() != spec.outputs()) {
      throw new IllegalArgumentException(
          "the data has %d features and %d outputs, the network %s needs %d and %d"
              .formatted(
                  data.features(), data.outputs(), spec.widths(), spec.inputs(), spec.outputs()));
    }
  }

  /**
   * Takes examples into the batch. What a {@link SparseDataset} knows to be not zero is read where
   * it stands, until the next examples are taken.
   *
   * @param newData where from
   * @param newOrder order of the examples, or empty for their own order
   * @param newFrom first place in the order
   * @param rows number of examples, 1...capacity
   * @throws IllegalArgumentException if the data does not fit the model or the rows the capacity
   */
  public void load(Dataset newData, int[] newOrder, int newFrom, int rows) {
    requireFits(newData, spec);
    data = newData;
    order = newOrder;
    from = newFrom;
    x.setRows(rows);
    if (!kind.usesLabels()) {
      targets.setRows(rows);
    }
    if (elements != null) {
      gatherElements(elements, rows);
    } else {
      engine.workers().run(gatherRows, rows, SMALLEST_GATHER);
    }
  }

  private int example(int row) {
    return order.length == 0 ? from + row : order[from + row];
  }

  private void gatherElements(CompressedRows batch, int rows) {
    if (data instanceof SparseDataset sparse) {
      NonZeroBlocks blocks = sparse.nonZeroBlocks();
      batch.useBlocks(blocks.blocks(), blocks.values(), rows);
      for (int row = 0; row < rows; row++) {
        int example = example(row);
        batch.useRow(row, blocks.start(example), blocks.middle(example), blocks.end(example));
        gatherTargets(row);
      }
      return;
    }
    if (dense.length == 0) {
      dense = new float[labels.length * data.features()];
    }
    engine.workers().run(gatherRows, rows, SMALLEST_GATHER);
    batch.compress(dense, 0, rows);
  }

  private void gatherRows(Kernels kernels, int fromRow, int toRow) {
    for (int row = fromRow; row < toRow; row++) {
      data.copyFeatures(example(row), dense, row * data.features());
      gatherTargets(row);
    }
  }

  private void gatherTargets(int row) {
    int example = example(row);
    labels[row] = data.label(example);
    if (!kind.usesLabels()) {
      data.copyTargets(example, targets.value().data, row * data.outputs());
    }
  }

  /**
   * Runs the network.
   *
   * @param step number of the training step, for the dropout masks
   */
  public void forward(int step) {
    tape.setStep(step);
    tape.forward();
  }

  /** Adds the gradient of the loss to the parameters' gradients. */
  public void backward() {
    tape.backward(loss);
  }

  /** Number of examples loaded. */
  public int rows() {
    return x.rows();
  }

  /** The class of an example of the batch, or {@link Dataset#NO_LABEL}. */
  public int label(int row) {
    return labels[row];
  }

  /** Mean loss over the batch. */
  public float loss() {
    return loss.scalar();
  }

  /** Number of examples whose largest output is their class. */
  public int correct() {
    int count = 0;
    for (int row = 0; row < x.rows(); row++) {
      if (largest(row) == labels[row]) {
        count++;
      }
    }
    return count;
  }

  /** The place of the largest output of a row, the first of equals. */
  int largest(int row) {
    float[] values = logits.value().data;
    int start = row * logits.columns();
    int best = 0;
    for (int j = 1; j < logits.columns(); j++) {
      if (values[start + j] > values[start + best]) {
        best = j;
      }
    }
    return best;
  }

  /**
   * How many outputs of a row are larger than the one of its class; equal ones before it count, and
   * NaN counts as larger than everything, so that a diverged network is never right.
   */
  int rankOfLabel(int row) {
    float[] values = logits.value().data;
    int start = row * logits.columns();
    int label = labels[row];
    int rank = 0;
    for (int j = 0; j < logits.columns(); j++) {
      float value = values[start + j];
      float own = values[start + label];
      boolean behind = j < label ? value < own : value <= own;
      if (j != label && !behind) {
        rank++;
      }
    }
    return rank;
  }
}
