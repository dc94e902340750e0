package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.LossTrace;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.Snapshots;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what a run says into the session; on the event thread. */
public final class RunRecorder implements Consumer<RunProgress> {
  private final Session session;
  private final RunId id;
  private final LossTrace before;

  /**
   * Writes into this session.
   *
   * @param id which run it is
   */
  public RunRecorder(Session session, RunId id) {
    this(session, id, LossTrace.EMPTY);
  }

  /**
   * Writes into this session.
   *
   * @param id which run it is
   * @param before the losses of its batches before it was interrupted
   */
  public RunRecorder(Session session, RunId id, LossTrace before) {
    this.session = session;
    this.id = id;
    this.before = before;
  }

  @Override
  public void accept(RunProgress progress) {
    Run run = session.run(id).orElseThrow().withTrace(before.followedBy(progress.trace()));
    @Nullable Checkpoint checkpoint = null;
    for (RunEvent event : progress.events()) {
      if (event instanceof RunEvent.Trained trained) {
        run = run.after(trained.event());
      } else if (event instanceof RunEvent.Frozen frozen) {
        run = run.withPredictor(frozen.predictor());
      } else if (event instanceof RunEvent.EpochFrozen frozen) {
        session.snapshots().add(id, new Snapshots.Snapshot(frozen.epoch(), frozen.predictor()));
      } else if (event instanceof RunEvent.Measured measured && run.pruning() != null) {
        run = run.withPruning(run.pruning().with(measured.stage(), measured.figures()));
      } else if (event instanceof RunEvent.Checkpointed taken) {
        checkpoint = taken.checkpoint();
      } else if (event instanceof RunEvent.Failed failed) {
        run = run.failed(failed.reason());
      }
    }
    session.update(run);
    if (checkpoint != null && run.state().isActive()) {
      session.checkpoint(id, checkpoint);
    }
  }
}
