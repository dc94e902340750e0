package dev.neurite.explorer.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.session.PruningOrder.Grain;
import dev.neurite.explorer.session.PruningOrder.Method;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.UnitPruning;
import dev.neurite.nn.prune.WeightPruning;
import org.junit.jupiter.api.Test;

class PruningOrderTest {
  private static PruningOrder order(Method method, Grain grain) {
    return new PruningOrder(new RunId(1), "x", method, PruningScope.LAYER, grain, 0.5, 1, 1);
  }

  @Test
  void weightsGoOneByOneOrInBlocks() {
    assertThat(order(Method.GRADUAL, Grain.WEIGHTS).pruning())
        .isEqualTo(new WeightPruning(PruningScope.LAYER, false, 1));
    assertThat(order(Method.GRADUAL, Grain.BLOCKS).pruning())
        .isEqualTo(new WeightPruning(PruningScope.LAYER, false, 16));
    assertThat(order(Method.UNITS, Grain.BLOCKS).pruning())
        .isEqualTo(new UnitPruning(PruningScope.LAYER));
  }

  /** A session of before there were blocks says nothing of them. */
  @Test
  void withoutAGrainWeightsGoOneByOne() {
    assertThat(order(Method.GRADUAL, null)).isEqualTo(order(Method.GRADUAL, Grain.WEIGHTS));
  }
}
