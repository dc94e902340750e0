package dev.neurite.explorer.prune;

import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.nn.prune.PruningScope;

/**
 * The form as it is filled in.
 *
 * @param method when and what is pruned
 * @param scope among which weights or units the least are looked for
 * @param grain whether single weights or blocks of them go
 * @param percent of the weights or units that are pruned, {@value #LEAST} to {@value #MOST}
 * @param epochs as typed
 */
public record PruneSettings(
    PruningOrder.Method method,
    PruningScope scope,
    PruningOrder.Grain grain,
    int percent,
    String epochs) {
  /** Smallest share of the form. */
  public static final int LEAST = 10;

  /** Largest share of the form. */
  public static final int MOST = 99;

  private static final int MOST_EPOCHS = 100;

  /** Checks the share. */
  public PruneSettings {
    if (percent < LEAST || percent > MOST) {
      throw new IllegalArgumentException(
          "percent must be %d...%d, received %d".formatted(LEAST, MOST, percent));
    }
  }

  /** What the form starts with. */
  public static PruneSettings start() {
    return new PruneSettings(
        PruningOrder.Method.GRADUAL,
        PruningScope.GLOBAL,
        PruningOrder.Grain.WEIGHTS,
        90,
        String.valueOf(PruningOrder.USUAL_EPOCHS));
  }

  /** The number of epochs; 0 if what was typed is none from 1 to 100. */
  public int epochsOrZero() {
    try {
      int number = Integer.parseInt(epochs.strip());
      return number >= 1 && number <= MOST_EPOCHS ? number : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  PruneSettings withMethod(PruningOrder.Method newMethod) {
    return new PruneSettings(newMethod, scope, grain, percent, epochs);
  }

  PruneSettings withScope(PruningScope newScope) {
    return new PruneSettings(method, newScope, grain, percent, epochs);
  }

  PruneSettings withGrain(PruningOrder.Grain newGrain) {
    return new PruneSettings(method, scope, newGrain, percent, epochs);
  }

  PruneSettings withPercent(int newPercent) {
    return new PruneSettings(method, scope, grain, newPercent, epochs);
  }

  PruneSettings withEpochs(String newEpochs) {
    return new PruneSettings(method, scope, grain, percent, newEpochs);
  }
}
