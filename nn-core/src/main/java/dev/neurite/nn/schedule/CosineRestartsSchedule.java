package dev.neurite.nn.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Cosine annealing with warm restarts (SGDR). Cycle {@code i} lasts {@code Tᵢ = firstCycleSteps ·
 * cycleMultiplier^i} steps; in it, {@code u} steps after its start,
 *
 * <pre>{@code
 * η = minimum + ½ · (peak − minimum) · peakDecay^i · (1 + cos(π · u / Tᵢ))
 * }</pre>
 *
 * so a cycle starts at its peak and its last step, {@code u = Tᵢ − 1}, comes close to the minimum
 * without meeting it. It never ends: evaluate and keep checkpoints at the last step of a cycle, and
 * choose the length of a run so that it ends with one.
 *
 * <p>Source: Loshchilov and Hutter, SGDR (2017); PyTorch {@code CosineAnnealingWarmRestarts}
 * (absolute minimum, integer multiplier), with the decay of the peaks from Keras {@code
 * CosineDecayRestarts} ({@code m_mul}): it shrinks the part of the peak above the minimum. The
 * cycle is found by walking integer lengths, so a restart is exact at every step; a cycle longer
 * than {@link Long#MAX_VALUE} counts as that long.
 *
 * @param peakLearningRate the rate of step 0, finite and above 0
 * @param firstCycleSteps the steps of cycle 0, at least 1
 * @param cycleMultiplier the length of a cycle as a multiple of the one before, at least 1
 * @param minimumLearningRate the rate a cycle falls towards, from 0 to {@code peakLearningRate}
 * @param peakDecay what is left, after each restart, of the height of the peak above the minimum,
 *     in (0, 1]
 */
public record CosineRestartsSchedule(
    double peakLearningRate,
    long firstCycleSteps,
    int cycleMultiplier,
    double minimumLearningRate,
    double peakDecay)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if a value is outside its range
   */
  public CosineRestartsSchedule {
    Require.positive("peakLearningRate", peakLearningRate);
    Require.atLeast(1, "firstCycleSteps", firstCycleSteps);
    Require.atLeast(1, "cycleMultiplier", cycleMultiplier);
    Require.floor("minimumLearningRate", minimumLearningRate, "peakLearningRate", peakLearningRate);
    Require.aboveZeroToOne("peakDecay", peakDecay);
  }

  /**
   * Down to 0, each time from the same peak: the defaults of PyTorch and Keras. The multiplier has
   * no default, PyTorch taking 1 and Keras 2.
   */
  public CosineRestartsSchedule(
      double peakLearningRate, long firstCycleSteps, int cycleMultiplier) {
    this(peakLearningRate, firstCycleSteps, cycleMultiplier, 0, 1);
  }

  @Override
  public double learningRate(long step) {
    long cycle = cycle(step);
    double height = Math.pow(peakDecay, (double) cycle);
    double peak = Annealing.linear(minimumLearningRate, peakLearningRate, height);
    double fraction = (double) (step - startOf(cycle)) / lengthOf(cycle);
    return Annealing.cosine(peak, minimumLearningRate, fraction);
  }

  /**
   * The 0-based cycle a step belongs to, found in a logarithmic number of steps for a multiplier
   * above 1 and by one division for 1.
   *
   * @throws IllegalArgumentException if the step is negative
   */
  public long cycle(long step) {
    Require.step(step);
    if (cycleMultiplier == 1) {
      return step / firstCycleSteps;
    }
    long cycle = 0;
    long stepsLeft = step;
    for (long length = firstCycleSteps; stepsLeft >= length; length = nextLength(length)) {
      stepsLeft -= length;
      cycle++;
    }
    return cycle;
  }

  /**
   * The first step of the cycle a step belongs to: at most the step itself.
   *
   * @throws IllegalArgumentException if the step is negative
   */
  public long cycleStart(long step) {
    return startOf(cycle(step));
  }

  @Override
  public List<Long> restarts(long untilStep) {
    Require.untilStep(untilStep);
    List<Long> restarts = new ArrayList<>();
    long start = 0;
    // start + length < untilStep, written so that it cannot overflow.
    for (long length = firstCycleSteps; length < untilStep - start; length = nextLength(length)) {
      start += length;
      restarts.add(start);
    }
    return List.copyOf(restarts);
  }

  private long startOf(long cycle) {
    if (cycleMultiplier == 1) {
      return cycle * firstCycleSteps;
    }
    long start = 0;
    long length = firstCycleSteps;
    for (long i = 0; i < cycle; i++) {
      start += length;
      length = nextLength(length);
    }
    return start;
  }

  private long lengthOf(long cycle) {
    long length = firstCycleSteps;
    for (long i = 0; i < cycle && cycleMultiplier > 1; i++) {
      length = nextLength(length);
    }
    return length;
  }

  private long nextLength(long length) {
    return length > Long.MAX_VALUE / cycleMultiplier ? Long.MAX_VALUE : length * cycleMultiplier;
  }
}
