package dev.neurite.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** No optimiser brings a pruned weight back. */
class MaskedOptimizerTest {
  private static final int OPTIMIZERS = 7;
  private static final int ROWS = 70;
  private static final int COLUMNS = 40;
  private static final int STEPS = 12;

  private static List<OptimizerSpec> optimizers() {
    List<OptimizerSpec> specs = new ArrayList<>();
    for (UpdateRule rule :
        List.of(
            new Sgd(), new Momentum(), new Nesterov(), new RmsProp(), new Adagrad(), new Adam())) {
      specs.add(OptimizerSpec.of(rule));
    }
    specs.add(OptimizerSpec.adamW());
    return specs;
  }

  @Test
  void everyRuleIsAmongTheOptimizers() {
    assertThat(optimizers()).hasSize(OPTIMIZERS);
    List<Class<?>> rules = new ArrayList<>();
    optimizers().forEach(spec -> rules.add(spec.rule().getClass()));
    assertThat(rules).contains(UpdateRule.class.getPermittedSubclasses());
  }

  private static Parameter kernel(Random random, int rows, int columns) {
    FMatrixRMaj values = new FMatrixRMaj(rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      values.data[i] = (float) random.nextGaussian();
    }
    return new Parameter("k", Parameter.Role.KERNEL, values);
  }

  private static BitSet thin(BitSet kept, Random random, double share) {
    BitSet fewer = new BitSet();
    kept.stream().filter(i -> random.nextDouble() < share).forEach(fewer::set);
    fewer.set(kept.nextSetBit(0)); // never empty
    return fewer;
  }

  /**
   * With momentum gathered before, decays, clips and max-norm, and a second pruning in the middle.
   */
  @Property(tries = 60)
  void noPrunedWeightIsEverNonZeroAtAStepBoundary(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 15) int extras) {
    int checked = 0;
    for (OptimizerSpec optimizer : optimizers()) {
      Random random = new Random(seed);
      OptimizerSpec spec =
          optimizer
              .withL2((extras & 1) == 0 ? 0 : 0.1)
              .withWeightDecay((extras & 2) == 0 ? optimizer.weightDecay() : 0.2)
              .withMaxNorm((extras & 4) == 0 ? 0 : 1.5)
              .withClipNorm((extras & 8) == 0 ? 0 : 2);
      try (Engine engine = new Engine(new EngineSpec(KernelChoice.AUTO, 1 + extras % 2))) {
        Parameter kernel = kernel(random, ROWS, COLUMNS);
        Optimizer state = new Optimizer(spec, List.of(kernel), engine);
        BitSet kept = new BitSet();
        kept.set(0, kernel.size());
        for (int step = 0; step < STEPS; step++) {
          if (step == 3 || step == 8) {
            kept = thin(kept, random, 0.4);
            kernel.prune(Mask.of(ROWS, COLUMNS, kept));
          }
          for (int i = 0; i < kernel.size(); i++) {
            kernel.gradient().data[i] = (float) (random.nextGaussian() * 100);
          }
          state.step(0.1);
          state.zeroGradients();
          int nonZero = 0;
          for (int i = 0; i < kernel.size(); i++) {
            if (!kept.get(i)) {
              nonZero += Float.floatToRawIntBits(kernel.value().data[i]) == 0 ? 0 : 1;
              checked++;
            }
          }
          assertThat(nonZero).as("%s, step %d", spec, step).isZero();
        }
        for (float[] slot : state.state().slots().get(0)) {
          for (int i = kept.nextClearBit(0); i < kernel.size(); i = kept.nextClearBit(i + 1)) {
            if (slot[i] != 0) {
              fail("%s remembers pruned weight %d", spec, i);
            }
          }
        }
        assertThat(moved(kernel, kept)).as("kept weights move").isPositive();
      }
    }
    assertThat(checked).isGreaterThan(OPTIMIZERS * (STEPS - 3) * ROWS * COLUMNS / 3);
  }

  private static int moved(Parameter kernel, BitSet kept) {
    return (int) kept.stream().filter(i -> kernel.value().data[i] != 0).count();
  }

  /** Kept weights change to the bit as if the pruned ones did not exist. */
  @Property(tries = 40)
  void whatIsKeptLearnsAsIfNothingElseWereThere(@ForAll long seed) {
    int compared = 0;
    for (OptimizerSpec optimizer : optimizers()) {
      Random random = new Random(seed);
      OptimizerSpec spec = optimizer.withL2(0.01).withClipNorm(3).withClipValue(0.9);
      try (Engine engine = new Engine(new EngineSpec(KernelChoice.AUTO, 1))) {
        Parameter masked = kernel(random, 9, 7);
        BitSet all = new BitSet();
        all.set(0, masked.size());
        BitSet kept = thin(all, random, 0.3);
        int[] places = kept.stream().toArray();
        masked.prune(Mask.of(9, 7, kept));
        Parameter alone =
            new Parameter("k", Parameter.Role.KERNEL, new FMatrixRMaj(1, places.length));
        for (int j = 0; j < places.length; j++) {
          alone.value().data[j] = masked.value().data[places[j]];
        }
        Optimizer ofMasked = new Optimizer(spec, List.of(masked), engine);
        Optimizer ofAlone = new Optimizer(spec, List.of(alone), engine);
        for (int step = 0; step < STEPS; step++) {
          for (int i = 0; i < masked.size(); i++) {
            masked.gradient().data[i] = (float) random.nextGaussian();
          }
          for (int j = 0; j < places.length; j++) {
            alone.gradient().data[j] = masked.gradient().data[places[j]];
          }
          ofMasked.step(0.05);
          ofAlone.step(0.05);
          ofMasked.zeroGradients();
          ofAlone.zeroGradients();
        }
        for (int j = 0; j < places.length; j++) {
          assertThat(masked.value().data[places[j]])
              .as("%s", spec)
              .isEqualTo(alone.value().data[j]);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(OPTIMIZERS);
  }

  /** A state from before the pruning, restored after it, cannot bring anything back. */
  @Test
  void anOldStateIsClearedWhenItIsRestored() {
    try (Engine engine = new Engine(new EngineSpec(KernelChoice.AUTO, 1))) {
      Random random = new Random(1);
      Parameter kernel = kernel(random, 4, 4);
      Optimizer optimizer =
          new Optimizer(OptimizerSpec.of(new Momentum()), List.of(kernel), engine);
      Arrays.fill(kernel.gradient().data, 1);
      optimizer.step(0.1);
      OptimizerState old = optimizer.state();
      BitSet kept = new BitSet();
      kept.set(5);
      kernel.prune(Mask.of(4, 4, kept));
      optimizer.step(0.1);
      optimizer.restore(old);
      optimizer.step(0.1);
      float[] velocity = optimizer.state().slots().get(0).get(0);
      for (int i = 0; i < 16; i++) {
        assertThat(velocity[i] == 0).isEqualTo(i != 5);
        assertThat(kernel.value().data[i] == 0).isEqualTo(i != 5);
      }
    }
  }
}
