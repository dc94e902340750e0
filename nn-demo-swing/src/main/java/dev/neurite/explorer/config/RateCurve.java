package dev.neurite.explorer.config;

import dev.neurite.nn.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * The learning rate over a run, for a preview.
 *
 * @param rates at places evenly spread from the first to the last step
 * @param dependsOnProgress whether it can only fall while the run shows how it goes
 */
public record RateCurve(List<Double> rates, boolean dependsOnProgress) {
  private static final int POINTS = 160;

  /** No valid schedule. */
  public static final RateCurve NONE = new RateCurve(List.of(), false);

  /** Copies the list. */
  public RateCurve {
    rates = List.copyOf(rates);
  }

  /** Samples a schedule. */
  static RateCurve of(Schedule schedule, long steps) {
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      rates.add(schedule.learningRate(Math.round((steps - 1.0) * i / (POINTS - 1))));
    }
    return new RateCurve(rates, schedule.plateau().isPresent());
  }
}
