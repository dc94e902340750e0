package dev.neurite.bench.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The peak with the Vector API at its preferred width.
 *
 * <p>Twelve chains: more than the latency of a fused multiply-add times the pipes of any processor
 * known to us (4 × 2), and with the factors few enough for 16 registers.
 */
final class VectorFmaPeak implements FmaPeak {
  /** Every step of a chain adds the product of these, far from numbers that are slow. */
  static final float FIRST = 0.5f;

  static final float SECOND = 0.25f;

  static final int CHAINS = 12;
  static final int STEPS = 8192;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  @Override
  public String description() {
    return "Vector API, %d bits".formatted(SPECIES.vectorBitSize());
  }

  @Override
  public double flops() {
    return 2.0 * CHAINS * STEPS * SPECIES.length();
  }

  @Override
  public float run() {
    FloatVector x = FloatVector.broadcast(SPECIES, FIRST);
    FloatVector y = FloatVector.broadcast(SPECIES, SECOND);
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    FloatVector s8 = s0;
    FloatVector s9 = s0;
    FloatVector s10 = s0;
    FloatVector s11 = s0;
    for (int i = 0; i < STEPS; i++) {
      s0 = x.fma(y, s0);
      s1 = x.fma(y, s1);
      s2 = x.fma(y, s2);
      s3 = x.fma(y, s3);
      s4 = x.fma(y, s4);
      s5 = x.fma(y, s5);
      s6 = x.fma(y, s6);
      s7 = x.fma(y, s7);
      s8 = x.fma(y, s8);
      s9 = x.fma(y, s9);
      s10 = x.fma(y, s10);
      s11 = x.fma(y, s11);
    }
    return s0.add(s1)
        .add(s2.add(s3))
        .add(s4.add(s5).add(s6.add(s7)))
        .add(s8.add(s9).add(s10.add(s11)))
        .reduceLanes(VectorOperators.ADD);
  }
}
