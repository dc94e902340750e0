package dev.neurite.bench.kernel;

import java.util.Arrays;

/**
 * A lower bound of the peak in plain Java: a loop that the JIT compiler turns into vector code,
 * eight fused multiply-adds for each load and store of a small array.
 */
final class PlainFmaPeak implements FmaPeak {
  private static final int LENGTH = 1024;
  private static final int PASSES = 32;
  private static final int STEPS = 8;

  private final float[] sums = new float[LENGTH];

  @Override
  public String description() {
    return "plain Java, a lower bound";
  }

  @Override
  public double flops() {
    return 2.0 * LENGTH * PASSES * STEPS;
  }

  @Override
  public float run() {
    Arrays.fill(sums, 0f);
    for (int pass = 0; pass < PASSES; pass++) {
      addEight(sums, 0.5f, 0.25f);
    }
    float sum = 0;
    for (float value : sums) {
      sum += value;
    }
    return sum;
  }

  private static void addEight(float[] sums, float x, float y) {
    for (int i = 0; i < sums.length; i++) {
      float s = sums[i];
      s = Math.fma(x, y, s);
      s = Math.fma(x, y, s);
      s = Math.fma(x, y, s);
      s = Math.fma(x, y, s);
      s = Math.fma(x, y, s);
      s = Math.fma(x, y, s);
      s = Math.fma(x, y, s);
      s = Math.fma(x, y, s);
      sums[i] = s;
    }
  }
}
