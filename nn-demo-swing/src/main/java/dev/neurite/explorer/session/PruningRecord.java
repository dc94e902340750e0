package dev.neurite.explorer.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run prunes, and what has come of it so far.
 *
 * @param order how
 * @param before the parent's figures, or null while they are not measured
 * @param pruned those after pruning at once without training, or null
 * @param tuned those at the end, or null
 */
public record PruningRecord(
    PruningOrder order,
    @Nullable ModelFigures before,
    @Nullable ModelFigures pruned,
    @Nullable ModelFigures tuned) {
  /** Moments at which figures are taken. */
  public enum Stage {
    /** Before anything is pruned. */
    BEFORE,
    /** After pruning, without training. */
    PRUNED,
    /** At the end. */
    TUNED
  }

  /** Checks that there is an order. */
  public PruningRecord {
    Objects.requireNonNull(order, "order");
  }

  /** Nothing is measured yet. */
  public PruningRecord(PruningOrder order) {
    this(order, null, null, null);
  }

  /** The figures of a moment, or null. */
  public @Nullable ModelFigures figures(Stage stage) {
    return switch (stage) {
      case BEFORE -> before;
      case PRUNED -> pruned;
      case TUNED -> tuned;
    };
  }

  /** This with the figures of a moment. */
  public PruningRecord with(Stage stage, ModelFigures figures) {
    return new PruningRecord(
        order,
        stage == Stage.BEFORE ? figures : before,
        stage == Stage.PRUNED ? figures : pruned,
        stage == Stage.TUNED ? figures : tuned);
  }
}
