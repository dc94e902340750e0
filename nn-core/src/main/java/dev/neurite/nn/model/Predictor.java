package dev.neurite.nn.model;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.FrozenParameters;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.SparseProducts;
import dev.neurite.nn.sparse.SparseNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A frozen copy of a network that answers many threads at once.
 *
 * <p>A network whose weights are mostly zeros (see {@link SparseModel#pays} and {@link
 * SparseModel#paysInBatches}) is answered by its sparse form, whose outputs differ from the dense
 * ones in the last bits; {@link #dense} does without.
 *
 * <p>Each call borrows a recorded tape of its own and gives it back, so the same call gives the
 * same bits whoever makes it. Training the network afterwards changes nothing here.
 *
 * <p>One that is not needed for a while can be {@linkplain #putAside put aside}: it gives its
 * memory back and is read again when it is asked.
 */
public final class Predictor {
  private static final int KEPT_TAPES = 16;

  /** Most rows computed at a time; parts of a batch go to different threads. */
  private static final int LARGEST_PART = 192;

  /** Fewer rows are not worth another thread. */
  private static final int SMALLEST_PART = 64;

  /** Parts are multiples of it, so that a product has no needless tiles. */
  private static final int PART_UNIT = 8;

  /** Rows looked at to tell whether a batch is mostly zeros. */
  private static final int SAMPLE = 32;

  /** Where a network that was put aside is read again. */
  @FunctionalInterface
  public interface Source {
    /** Reads it; the same values as before. */
    Model read() throws IOException;
  }

  private final ModelSpec spec;
  private final EngineSpec engine;
  private final int threads;
  private final BatchThreads batchThreads = new BatchThreads();
  private final boolean skipsInSingle;
  private final boolean skipsInBatch;

  /** What takes memory; null while it is put aside. Changed under the lock of this. */
  private volatile @Nullable Network network;

  private @Nullable Source source;

  /** Copies a network's values now. */
  public Predictor(Model model) {
    this(model, EngineSpec.defaults());
  }

  /**
   * Copies a network's values now.
   *
   * @param engine which kernel to run, and how many threads share a batch: the caller's and those
   *     of the common pool. One input is computed on its caller's thread alone
   */
  public Predictor(Model model, EngineSpec engine) {
    this(model, engine, SparseModel.pays(model), SparseModel.paysInBatches(model));
  }

  private Predictor(Model model, EngineSpec engine, boolean skipsInSingle, boolean skipsInBatch) {
    this.spec = model.spec();
    this.engine = engine.singleThreaded();
    this.threads = engine.threads();
    this.skipsInSingle = skipsInSingle;
    this.skipsInBatch = skipsInBatch;
    this.network = new Network(model.copy());
  }

  /**
   * The same that computes with every weight, zeros too, however many there are; for comparing.
   *
   * @param engine as of {@link #Predictor(Model, EngineSpec)}
   */
  public static Predictor dense(Model model, EngineSpec engine) {
    return new Predictor(model, engine, false, false);
  }

  /** What the network is. */
  public ModelSpec spec() {
    return spec;
  }

  /** A copy of the network, for saving or for training on. */
  public Model model() {
    return network().frozen.copy();
  }

  /**
   * Gives the memory of the network back until it is asked again; then the call that asks reads it,
   * and fails with an {@link UncheckedIOException} if that is not possible. Calls that are under
   * way end as they would have.
   *
   * @param newSource gives the same network
   */
  public synchronized void putAside(Source newSource) {
    source = newSource;
    network = null;
  }

  /**
   * Puts the network aside into memory that garbage collections do not copy; the call that asks
   * reads it from there. Does nothing if that memory is used up.
   */
  public synchronized void putAside() {
    Network present = network;
    if (present == null) {
      return;
    }
    try {
      putAside(source == null ? new OffHeapModel(present.frozen) : source);
    } catch (OutOfMemoryError e) {
      // It stays where it is.
    }
  }

  /**
   * Takes the network back into memory, for example before its source goes away.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public void takeBack() {
    network();
  }

  /** Whether it takes memory and answers without reading. */
  public boolean isInMemory() {
    return network != null;
  }

  private Network network() {
    Network present = network;
    return present == null ? readAgain() : present;
  }

  private synchronized Network readAgain() {
    Network present = network;
    Source from = source;
    if (present == null && from != null) {
      try {
        Model model = from.read();
        if (!model.spec().equals(spec)) {
          throw new IOException(
              "put aside was %s, its source has %s"
                  .formatted(spec.widths(), model.spec().widths()));
        }
        present = new Network(model);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      network = present;
    }
    if (present == null) {
      throw new IllegalStateException("it is neither in memory nor put aside");
    }
    return present;
  }

  /**
   * The outputs for one input.
   *
   * @param input {@link ModelSpec#inputs()} values, read
   * @return {@link ModelSpec#outputs()} values: probabilities where the last activation is softmax
   * @throws IllegalArgumentException if the input has another length
   */
  public float[] predict(float[] input) {
    float[] output = new float[spec().outputs()];
    predict(input, output);
    return output;
  }

  /**
   * The outputs for one input, without taking memory after the first calls where they are finite.
   *
   * @param input {@link ModelSpec#inputs()} values, read
   * @param output overwritten, {@link ModelSpec#outputs()} values
   */
  public void predict(float[] input, float[] output) {
    requireLength("input", input.length, spec().inputs());
    requireLength("output", output.length, spec().outputs());
    Network asked = network();
    if (asked.sparseSingle != null) {
      asked.sparseSingle.predict(input, output);
      return;
    }
    Recording recording = asked.borrow(asked.single, 1, true);
    recording.run(input, 0, 1);
    System.arraycopy(recording.output.value().data, 0, output, 0, output.length);
    giveBack(asked.single, recording);
  }

  /**
   * The outputs for many inputs. They may differ from those of {@link #predict(float[])} in the
   * last bits: inputs that are mostly not zero are computed as whole matrices.
   *
   * @param inputs {@code count × inputs}, row after row, read
   * @param count number of rows, at least 0
   * @return {@code count × outputs}, row after row
   */
  public float[] predictBatch(float[] inputs, int count) {
    int in = spec().inputs();
    int out = spec().outputs();
    if (count < 0 || (long) count * in != inputs.length) {
      throw new IllegalArgumentException(
          "%d inputs of %d values need %d values, received %d"
              .formatted(count, in, (long) count * in, inputs.length));
    }
    float[] outputs = new float[count * out];
    Network asked = network();
    boolean compressed = asked.sparseBatch == null && isMostlyZero(inputs, count);
    int part = asked.sparseBatch == null ? partRows(count) : SparseProducts.BLOCK;
    AtomicInteger next = new AtomicInteger();
    batchThreads.run(
        () -> predictParts(asked, inputs, outputs, count, part, compressed, next),
        Math.min(threads, ceilDivide(count, part)) - 1);
    return outputs;
  }

  /** Rows of a part, so that every thread has as many. */
  private int partRows(int count) {
    int rounds = ceilDivide(ceilDivide(count, LARGEST_PART), threads);
    int rows = Math.max(SMALLEST_PART, ceilDivide(count, Math.max(1, rounds * threads)));
    return ceilDivide(rows, PART_UNIT) * PART_UNIT;
  }

  private static int ceilDivide(int a, int b) {
    return (int) (((long) a + b - 1) / b);
  }

  /** Takes parts of a batch until none is left. */
  private void predictParts(
      Network asked,
      float[] inputs,
      float[] outputs,
      int count,
      int part,
      boolean compressed,
      AtomicInteger next) {
    int in = spec().inputs();
    int out = spec().outputs();
    AtomicReferenceArray<@Nullable Recording> batch =
        compressed ? asked.compressedBatch : asked.denseBatch;
    int from = next.getAndAdd(part);
    if (from >= count) {
      return;
    }
    if (asked.sparseBatch != null) {
      while (from < count) {
        asked.sparseBatch.predictRows(inputs, outputs, from, Math.min(count, from + part));
        from = next.getAndAdd(part);
      }
      return;
    }
    Recording recording = asked.borrow(batch, LARGEST_PART, compressed);
    while (from < count) {
      int rows = Math.min(part, count - from);
      recording.run(inputs, from * in, rows);
      System.arraycopy(recording.output.value().data, 0, outputs, from * out, rows * out);
      from = next.getAndAdd(part);
    }
    giveBack(batch, recording);
  }

  /**
   * What every dense layer says to one input, after its activation.
   *
   * @param input {@link ModelSpec#inputs()} values, read
   */
  public LayerActivations activations(float[] input) {
    requireLength("input", input.length, spec().inputs());
    Network asked = network();
    Recording recording = asked.borrow(asked.single, 1, true);
    recording.run(input, 0, 1);
    List<float[]> layers = new ArrayList<>();
    for (Variable layer : recording.layers) {
      layers.add(layer.value().data.clone());
    }
    giveBack(asked.single, recording);
    return new LayerActivations(layers);
  }

  /**
   * The weights of a dense layer.
   *
   * @param layer index among the dense layers, from 0
   */
  public LayerWeights weights(int layer) {
    Model frozen = network().frozen;
    Parameter kernel = frozen.kernel(layer);
    return new LayerWeights(
        kernel.rows(),
        kernel.columns(),
        Arrays.copyOf(kernel.value().data, kernel.size()),
        Arrays.copyOf(frozen.bias(layer).value().data, kernel.columns()),
        kernel.mask());
  }

  /**
   * How each input changes an output: {@code g[i] = dz[output] / dx[i]}, where {@code z} are the
   * sums before the last activation, in inference mode. At the bend of a relu it takes the slope of
   * the tape's operation. Records a tape of its own; not for hot code.
   *
   * @param input {@link ModelSpec#inputs()} values, read
   * @param output which, in [0, outputs)
   * @return {@link ModelSpec#inputs()} values, the caller's
   * @throws IllegalArgumentException if the input has another length or there is no such output
   */
  public float[] inputGradient(float[] input, int output) {
    requireLength("input", input.length, spec().inputs());
    if (output < 0 || output >= spec().outputs()) {
      throw new IllegalArgumentException(
          "output must be 0...%d, received %d".formatted(spec().outputs() - 1, output));
    }
    Tape tape = new Tape(new Engine(engine));
    Variable x = tape.variable(new FMatrixRMaj(1, input.length, true, input));
    FMatrixRMaj choice = new FMatrixRMaj(1, spec().outputs());
    choice.set(0, output, 1f);
    // A copy: gradients gather in the parameters, which other threads read here.
    Variable logits = network().frozen.copy().logits(tape, x, Mode.INFERENCE);
    Variable chosen = tape.sum(tape.multiply(logits, tape.constant(choice)));
    tape.forward();
    tape.backward(chosen);
    return Arrays.copyOf(x.gradient().data, input.length);
  }

  /** The place of the largest value, the first of equals. */
  public static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  private static void requireLength(String name, int received, int needed) {
    if (received != needed) {
      throw new IllegalArgumentException(
          "%s has %d values, needed are %d".formatted(name, received, needed));
    }
  }

  /** Whether a sample of the rows, spread evenly, is mostly zeros. */
  private boolean isMostlyZero(float[] values, int count) {
    int in = spec().inputs();
    int sample = Math.min(SAMPLE, count);
    int nonZeros = 0;
    for (int i = 0; i < sample; i++) {
      int start = (int) ((long) i * count / sample) * in;
      for (int j = start; j < start + in; j++) {
        nonZeros += values[j] != 0 ? 1 : 0;
      }
    }
    return nonZeros <= CompressedRows.LARGEST_DENSITY * sample * in;
  }

  private static void giveBack(
      AtomicReferenceArray<@Nullable Recording> kept, Recording recording) {
    for (int i = 0; i < KEPT_TAPES; i++) {
      if (kept.get(i) == null && kept.compareAndSet(i, null, recording)) {
        return;
      }
    }
  }

  /** The values, and what was made of them to answer with. */
  private final class Network {
    private final Model frozen;
    private final FrozenParameters frozenParameters = new FrozenParameters();
    private final @Nullable SparseNetwork sparseSingle;
    private final @Nullable SparseNetwork sparseBatch;
    private final AtomicReferenceArray<@Nullable Recording> single =
        new AtomicReferenceArray<>(KEPT_TAPES);
    private final AtomicReferenceArray<@Nullable Recording> denseBatch =
        new AtomicReferenceArray<>(KEPT_TAPES);
    private final AtomicReferenceArray<@Nullable Recording> compressedBatch =
        new AtomicReferenceArray<>(KEPT_TAPES);

    Network(Model frozen) {
      this.frozen = frozen;
      @Nullable SparseNetwork sparse =
          skipsInSingle || skipsInBatch ? new SparseModel(frozen, engine).network() : null;
      sparseSingle = skipsInSingle ? sparse : null;
      sparseBatch = skipsInBatch ? sparse : null;
    }

    Recording borrow(
        AtomicReferenceArray<@Nullable Recording> kept, int capacity, boolean compressed) {
      for (int i = 0; i < KEPT_TAPES; i++) {
        Recording recording = kept.get(i);
        if (recording != null && kept.compareAndSet(i, recording, null)) {
          return recording;
        }
      }
      return new Recording(frozen, frozenParameters, engine, capacity, compressed);
    }
  }

  /** The network recorded for a number of rows. */
  private static final class Recording {
    private final int inputs;
    private final Tape tape;
    private final Variable input;
    private final List<Variable> layers;
    private final Variable output;

    Recording(
        Model frozen,
        FrozenParameters frozenParameters,
        EngineSpec engine,
        int capacity,
        boolean compressed) {
      inputs = frozen.spec().inputs();
      tape = Tape.withFrozenParameters(new Engine(engine), frozenParameters);
      input = compressed ? tape.compressedInput(capacity, inputs) : tape.input(capacity, inputs);
      layers = new ArrayList<>(frozen.record(tape, input, Mode.INFERENCE));
      Variable logits = layers.get(layers.size() - 1);
      output = frozen.spec().outputLayer().activation().apply(tape, logits);
      layers.set(layers.size() - 1, output);
    }

    void run(float[] values, int offset, int rows) {
      input.setRows(rows);
      CompressedRows elements = input.compressed();
      if (elements != null) {
        elements.compress(values, offset, rows);
      } else {
        System.arraycopy(values, offset, input.value().data, 0, rows * inputs);
      }
      try {
        tape.forward();
      } finally {
        if (elements != null) {
          elements.release(); // the caller's array
        }
      }
    }
  }
}
