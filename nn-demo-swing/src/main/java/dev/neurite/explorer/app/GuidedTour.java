package dev.neurite.explorer.app;

import dev.neurite.explorer.config.ConfigPresenter;
import dev.neurite.explorer.config.Field;
import dev.neurite.explorer.lessons.Tour;
import dev.neurite.explorer.lessons.TourStep;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.training.Command;
import dev.neurite.explorer.training.TrainingPresenter;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.ScheduleChoice;

/** Fills in the form for a step of the tour and presses Start. */
final class GuidedTour implements Tour {
  private static final String SHORT_RUN = "5";
  private static final String LONG_RUN = "10";
  private final ConfigPresenter config;
  private final TrainingPresenter training;
  private final Session session;

  GuidedTour(ConfigPresenter config, TrainingPresenter training, Session session) {
    this.config = config;
    this.training = training;
    this.session = session;
  }

  @Override
  public boolean canBegin(TourStep step) {
    return step != TourStep.PRUNE && session.split().isPresent() && session.active().isEmpty();
  }

  @Override
  public void begin(TourStep step) {
    boolean wide = step == TourStep.WIDE;
    config.presetChosen(wide ? NetworkPreset.WIDE : NetworkPreset.SIMPLE);
    config.scheduleChosen(wide ? ScheduleChoice.COSINE : ScheduleChoice.CONSTANT);
    config.typed(Field.Kind.EPOCHS, wide ? LONG_RUN : SHORT_RUN);
    config.shown();
    training.give(Command.START);
  }
}
