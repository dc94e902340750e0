package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.Snapshots;
import java.util.function.Consumer;

/** Writes what a run says into the session; on the event thread. */
public final class RunRecorder implements Consumer<RunProgress> {
  private final Session session;
  private final RunId id;

  /**
   * Writes into this session.
   *
   * @param id which run it is
   */
  public RunRecorder(Session session, RunId id) {
    this.session = session;
    this.id = id;
  }

  @Override
  public void accept(RunProgress progress) {
    Run run = session.run(id).orElseThrow().withTrace(progress.trace());
    for (RunEvent event : progress.events()) {
      if (event instanceof RunEvent.Trained trained) {
        run = run.after(trained.event());
      } else if (event instanceof RunEvent.Frozen frozen) {
        run = run.withPredictor(frozen.predictor());
      } else if (event instanceof RunEvent.EpochFrozen frozen) {
        session.snapshots().add(id, new Snapshots.Snapshot(frozen.epoch(), frozen.predictor()));
      } else if (event instanceof RunEvent.Failed failed) {
        run = run.failed(failed.reason());
      }
    }
    session.update(run);
  }
}
