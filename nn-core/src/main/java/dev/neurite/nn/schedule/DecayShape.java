package dev.neurite.nn.schedule;

/** How a decay counts its elapsed periods. */
public enum DecayShape {
  /** By fractions of a period: {@code step / decaySteps}. */
  SMOOTH,
  /** By whole periods only, the rate being constant within one: {@code ⌊step / decaySteps⌋}. */
  STAIRCASE;

  double periods(long step, long decaySteps) {
    return switch (this) {
      case SMOOTH -> (double) step / decaySteps;
      case STAIRCASE -> {
        long wholePeriods = step / decaySteps;
        yield wholePeriods;
      }
    };
  }
}
