package dev.neurite.explorer.session;

import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frozen models of the epochs of each run, in bounded memory; belongs to the event thread.
 *
 * <p>When there are too many, the one whose neighbours are nearest in epochs goes first; the first
 * and the newest of a run stay. Only the newest runs have any, and when these together take too
 * much, the oldest give way.
 */
public final class Snapshots {
  /** Most snapshots of a run. */
  public static final int MOST_OF_A_RUN = 60;

  /** Most runs that have snapshots. */
  public static final int MOST_RUNS = 4;

  private static final long USUAL_BYTES = 64L << 20;

  /**
   * A model as it was after an epoch.
   *
   * @param epoch 0 before the first
   * @param predictor the frozen model
   */
  public record Snapshot(int epoch, Predictor predictor) {
    long bytes() {
      return 4L * predictor.spec().parameterCount();
    }
  }

  private final Map<RunId, List<Snapshot>> kept = new LinkedHashMap<>();
  private final long mostBytes;

  /** Keeps up to 64 MB. */
  public Snapshots() {
    this(USUAL_BYTES);
  }

  /** Keeps up to a number of bytes of weights, but never less than two snapshots of the newest. */
  Snapshots(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The snapshots of a run in the order of its epochs. */
  public List<Snapshot> of(RunId id) {
    return List.copyOf(kept.getOrDefault(id, List.of()));
  }

  /** Keeps one more. */
  public void add(RunId id, Snapshot snapshot) {
    List<Snapshot> own = kept.computeIfAbsent(id, i -> new ArrayList<>());
    own.add(snapshot);
    if (own.size() > MOST_OF_A_RUN) {
      thin(own);
    }
    while (kept.size() > MOST_RUNS) {
      kept.remove(kept.keySet().iterator().next()); // the oldest: the new one has come last
    }
    for (List<Snapshot> run : List.copyOf(kept.values())) {
      while (bytes() > mostBytes && run.size() > 2) {
        thin(run);
      }
    }
    for (RunId oldest : List.copyOf(kept.keySet())) {
      if (bytes() > mostBytes && !oldest.equals(id)) {
        kept.remove(oldest);
      }
    }
  }

  /** Forgets a run. */
  public void remove(RunId id) {
    kept.remove(id);
  }

  /** Bytes of the weights of all. */
  long bytes() {
    return kept.values().stream().flatMap(List::stream).mapToLong(Snapshot::bytes).sum();
  }

  private static void thin(List<Snapshot> run) {
    int leastMissed = 1;
    for (int i = 2; i < run.size() - 1; i++) {
      if (gapWithout(run, i) < gapWithout(run, leastMissed)) {
        leastMissed = i;
      }
    }
    run.remove(leastMissed);
  }

  private static int gapWithout(List<Snapshot> run, int i) {
    return run.get(i + 1).epoch() - run.get(i - 1).epoch();
  }
}
