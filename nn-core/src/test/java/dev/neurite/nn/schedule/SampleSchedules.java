package dev.neurite.nn.schedule;

import dev.neurite.nn.schedule.PolynomialSchedule.AfterDecay;
import java.util.List;

/** The schedules that every contract is tested on: each kind, in each of its shapes. */
final class SampleSchedules {
  private SampleSchedules() {}

  static final List<Schedule> ALL =
      List.of(
          new ConstantSchedule(0.1),
          new StepSchedule(0.8, 3, 0.5),
          new PiecewiseSchedule(List.of(4L, 9L), List.of(0.5, 0.25, 0.0)),
          new ExponentialSchedule(0.5, 0.9, 7),
          new ExponentialSchedule(0.5, 0.9, 7, DecayShape.STAIRCASE),
          new InverseTimeSchedule(0.5, 0.7, 7),
          new InverseTimeSchedule(0.5, 0.7, 7, DecayShape.STAIRCASE),
          new PolynomialSchedule(0.5, 0.01, 13, 0.5, AfterDecay.HOLD),
          new PolynomialSchedule(0.5, 0.01, 13, 1.5, AfterDecay.CYCLE),
          new CosineSchedule(0.5, 0.01, 13),
          new CosineRestartsSchedule(0.5, 5, 1, 0.01, 0.9),
          new CosineRestartsSchedule(0.5, 5, 2, 0.01, 0.9),
          new CosineRestartsSchedule(0.5, 2, 3),
          new OneCycleSchedule(0.5, 31),
          new OneCycleSchedule(0.5, 3),
          new PlateauSchedule(0.5, 0.5, 2, 0.01, 1, 0.2),
          new WarmupSchedule(new ConstantSchedule(0.3), 5),
          new WarmupSchedule(new CosineRestartsSchedule(0.5, 5, 2, 0.01, 0.9), 6, 0),
          new WarmupSchedule(new PlateauSchedule(0.5, 0.5, 2, 0.01, 1, 0.2), 6, 0.1),
          new WarmupSchedule(new WarmupSchedule(new OneCycleSchedule(0.5, 31), 3), 4));
}
