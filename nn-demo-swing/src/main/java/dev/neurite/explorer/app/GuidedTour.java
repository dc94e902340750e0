package dev.neurite.explorer.app;

import dev.neurite.explorer.config.ConfigPresenter;
import dev.neurite.explorer.config.Field;
import dev.neurite.explorer.lessons.Tour;
import dev.neurite.explorer.lessons.TourCheck;
import dev.neurite.explorer.lessons.TourStep;
import dev.neurite.explorer.prune.PrunePresenter;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.training.Command;
import dev.neurite.explorer.training.TrainingPresenter;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.ScheduleChoice;
import java.util.Optional;

/** Fills in the form for a step of the tour and presses Start. */
final class GuidedTour implements Tour {
  private static final String SHORT_RUN = "5";
  private static final String LONG_RUN = "10";
  private final ConfigPresenter config;
  private final TrainingPresenter training;
  private final Session session;
  private final PrunePresenter prune;

  GuidedTour(
      ConfigPresenter config, TrainingPresenter training, PrunePresenter prune, Session session) {
    this.config = config;
    this.training = training;
    this.session = session;
    this.prune = prune;
  }

  @Override
  public boolean canBegin(TourStep step) {
    return session.split().isPresent()
        && session.active().isEmpty()
        && session.planned().isPresent()
        && (step != TourStep.PRUNE || wide().isPresent());
  }

  @Override
  public void begin(TourStep step) {
    if (step == TourStep.PRUNE) {
      wide().ifPresent(run -> session.select(run.id()));
      prune.usualWanted();
      prune.start();
      return;
    }
    boolean wide = step == TourStep.WIDE;
    config.presetChosen(wide ? NetworkPreset.WIDE : NetworkPreset.SIMPLE);
    config.scheduleChosen(wide ? ScheduleChoice.COSINE : ScheduleChoice.CONSTANT);
    config.typed(Field.Kind.EPOCHS, wide ? LONG_RUN : SHORT_RUN);
    config.shown();
    training.give(Command.START);
  }

  /** The wide network that can be pruned. */
  private Optional<Run> wide() {
    return new TourCheck(session).doneBy(TourStep.WIDE).filter(r -> r.predictor() != null);
  }
}
