package dev.neurite.explorer.library;

import dev.neurite.explorer.service.RunRecorder;
import dev.neurite.explorer.service.Training;
import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.PruningRecord;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.data.DataSplit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets the user go on with a run that was interrupted, or keep it as it is. */
public final class RecoveryPresenter {
  private final RecoveryView view;
  private final Session session;
  private final Training training;
  private final Consumer<RunId> runOver;

  /**
   * Offers what there is.
   *
   * @param runOver hears after a run has said something, in case that another waits for its end
   */
  public RecoveryPresenter(
      RecoveryView view, Session session, Training training, Consumer<RunId> runOver) {
    this.view = view;
    this.session = session;
    this.training = training;
    this.runOver = runOver;
    session.addListener(
        new SessionListener() {
          @Override
          public void offersChanged() {
            show();
          }

          @Override
          public void dataChanged() {
            show();
          }

          @Override
          public void runChanged(Run run) {
            show();
          }

          @Override
          public void selectionChanged() {
            show();
          }
        });
    show();
  }

  private Optional<Map.Entry<RunId, Checkpoint>> offer() {
    return session.offers().entrySet().stream()
        .filter(o -> session.run(o.getKey()).isPresent())
        .min(Comparator.comparingInt(o -> o.getKey().number()));
  }

  /** The user wants it to go on; does nothing if that is not possible now. */
  public void goOn() {
    Map.Entry<RunId, Checkpoint> offer = offer().orElse(null);
    DataSplit data = offer == null ? null : data(offer.getKey()).orElse(null);
    if (offer == null || data == null || !hint(offer).isEmpty()) {
      return;
    }
    Checkpoint checkpoint = offer.getValue();
    Run run = session.run(offer.getKey()).orElseThrow().resumed(checkpoint);
    session.update(run); // first: what is settled and not active is kept as it is
    session.settle(run.id());
    session.select(run.id());
    PruningRecord pruning = run.pruning();
    RunRecorder recorder = new RunRecorder(session, run.id(), run.trace());
    training.goOn(
        run.experiment(),
        checkpoint,
        pruning == null ? null : pruning.order(),
        run.history(),
        data,
        progress -> {
          recorder.accept(progress);
          runOver.accept(run.id());
        });
  }

  /** The user keeps it as it was at its last checkpoint. */
  public void keep() {
    offer().ifPresent(o -> session.settle(o.getKey()));
  }

  private void show() {
    Map.Entry<RunId, Checkpoint> offer = offer().orElse(null);
    if (offer == null) {
      view.showOffer("", false, "");
      return;
    }
    Run run = session.run(offer.getKey()).orElseThrow();
    session.want(run.experiment().data().name());
    String hint = hint(offer);
    view.showOffer(
        Texts.format(
            "recovery.offer",
            run.name(),
            offer.getValue().epochsDone(),
            run.experiment().training().epochs()),
        hint.isEmpty(),
        hint.isEmpty() ? Texts.get("recovery.goOn.help") : hint);
  }

  private Optional<DataSplit> data(RunId id) {
    return session.run(id).flatMap(r -> session.split(r.experiment().data().name()));
  }

  /** Why it cannot go on now; empty if it can. */
  private String hint(Map.Entry<RunId, Checkpoint> offer) {
    Checkpoint checkpoint = offer.getValue();
    DataSplit data = data(offer.getKey()).orElse(null);
    if (data == null) {
      return Texts.get("recovery.hint.data");
    } else if (session.active().isPresent()) {
      return Texts.get("recovery.hint.active");
    } else if (data.train().size() != checkpoint.snapshot().trainRows()) {
      return Texts.format(
          "recovery.hint.otherData", checkpoint.snapshot().trainRows(), data.train().size());
    }
    return "";
  }
}
