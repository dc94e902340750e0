package dev.neurite.explorer.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Snapshots.Snapshot;
import dev.neurite.nn.model.Predictor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final RunId FIRST = new RunId(1);
  private static final RunId SECOND = new RunId(2);
  private final Predictor predictor = TinyDigits.predictor(1);
  private final long bytes = 4L * predictor.spec().parameterCount();

  @Test
  void keepsFirstAndNewestAndSpreadsTheRest() {
    Snapshots snapshots = new Snapshots();
    for (int epoch = 0; epoch <= 500; epoch++) {
      snapshots.add(FIRST, new Snapshot(epoch, predictor));
    }
    List<Integer> epochs = snapshots.of(FIRST).stream().map(Snapshot::epoch).toList();
    assertThat(epochs).hasSize(60).isSorted().startsWith(0).endsWith(500);
    for (int i = 1; i < epochs.size(); i++) {
      assertThat(epochs.get(i) - epochs.get(i - 1)).isLessThanOrEqualTo(17);
    }
  }

  @Test
  void onlyTheNewestRunsHaveAny() {
    Snapshots snapshots = new Snapshots();
    int runs = Snapshots.MOST_RUNS + 2;
    for (int number = 1; number <= runs; number++) {
      snapshots.add(new RunId(number), new Snapshot(0, predictor));
    }
    for (int number = 1; number <= runs; number++) {
      assertThat(snapshots.of(new RunId(number))).hasSize(number <= 2 ? 0 : 1);
    }
  }

  @Test
  void olderRunsGiveWayFirst() {
    Snapshots snapshots = new Snapshots(6 * bytes);
    for (int epoch = 0; epoch < 5; epoch++) {
      snapshots.add(FIRST, new Snapshot(epoch, predictor));
    }
    for (int epoch = 0; epoch < 4; epoch++) {
      snapshots.add(SECOND, new Snapshot(epoch, predictor));
      assertThat(snapshots.bytes()).isLessThanOrEqualTo(6 * bytes);
    }
    assertThat(snapshots.of(FIRST)).extracting(Snapshot::epoch).containsExactly(0, 4);
    assertThat(snapshots.of(SECOND)).hasSize(4);
    snapshots.remove(FIRST);
    assertThat(snapshots.of(FIRST)).isEmpty();
  }
}
