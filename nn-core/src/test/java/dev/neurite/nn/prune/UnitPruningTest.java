package dev.neurite.nn.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitPruningTest {
  private static final float TOLERANCE = 1e-6f;
  private static final ModelSpec SPEC =
      ModelSpec.inputs(6)
          .dense(8, Activation.RELU)
          .dropout(0.2f)
          .dense(5, Activation.TANH)
          .output(3, Activation.SOFTMAX);

  private static Model model() {
    Model model = Model.create(SPEC, 4);
    Random random = new Random(1);
    for (int layer = 0; layer < 3; layer++) {
      for (int i = 0; i < model.bias(layer).size(); i++) {
        model.bias(layer).value().data[i] = (float) random.nextGaussian();
      }
    }
    return model;
  }

  private static void clearOutgoing(Model model, int layer, int unit) {
    Parameter next = model.kernel(layer + 1);
    for (int j = 0; j < next.columns(); j++) {
      next.value().set(unit, j, 0);
    }
  }

  private static float[] outputs(Model model) {
    float[] x = {0.3f, -1, 2, 0.7f, 0, -0.4f};
    return new Predictor(model).predict(x);
  }

  /** Units without outgoing weights change no output, so they go first and nothing changes. */
  @Test
  void removingUnitsThatNobodyHearsChangesNoOutput() {
    for (PruningScope scope : PruningScope.values()) {
      Model model = model();
      for (int unit : new int[] {1, 3, 4, 6}) {
        clearOutgoing(model, 0, unit);
      }
      clearOutgoing(model, 1, 0);
      clearOutgoing(model, 1, 4);
      double share = scope == PruningScope.GLOBAL ? 6 / 13.0 : 0.45; // 3.6 of 8, 2.25 of 5
      UnitSelection selection = new UnitPruning(scope).select(model, share);
      assertThat(selection.kept()).containsExactly(List.of(0, 2, 5, 7), List.of(1, 2, 3));
      Model small = selection.shrink(model);
      assertThat(small.spec().widths()).isEqualTo("6-4-3-3");
      assertThat(small.spec().layers()).hasSize(4);
      assertThat(outputs(small)).containsExactly(outputs(model), within(TOLERANCE));
    }
  }

  @Test
  void theProductOfBothNormsDecides() {
    Model model =
        Model.zeros(ModelSpec.inputs(2).dense(3, Activation.RELU).output(2, Activation.SOFTMAX));
    // Incoming norms 5, 1 and 2; outgoing norms 1, 10 and 2: products 5, 10 and 4.
    model.kernel(0).value().setTo(new org.ejml.data.FMatrixRMaj(2, 3, true, 3, 1, 0, 4, 0, 2));
    model.kernel(1).value().setTo(new org.ejml.data.FMatrixRMaj(3, 2, true, 1, 0, 6, 8, 0, 2));
    UnitPruning pruning = new UnitPruning(PruningScope.LAYER);
    assertThat(pruning.select(model, 1 / 3.0).kept()).containsExactly(List.of(0, 1));
    assertThat(pruning.select(model, 2 / 3.0).kept()).containsExactly(List.of(1));
  }

  @Test
  void masksComeAlong() {
    Model model = model();
    WeightPruning.global().prune(model, 0.5);
    UnitSelection selection = new UnitSelection(List.of(List.of(1, 4, 7), List.of(0, 2)));
    Model small = selection.shrink(model);
    Mask mask = small.kernel(1).mask();
    assertThat(mask).isNotNull();
    int pruned = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        int source = selection.kept().get(0).get(i) * 5 + selection.kept().get(1).get(j);
        boolean kept = model.kernel(1).mask() == null || model.kernel(1).mask().keeps(source);
        assertThat(mask.keeps(i * 2 + j)).isEqualTo(kept);
        assertThat(small.kernel(1).value().get(i, j))
            .isEqualTo(model.kernel(1).value().data[source]);
        pruned += kept ? 0 : 1;
      }
    }
    assertThat(mask.pruned()).isEqualTo(pruned);
    assertThat(outputs(small)).hasSize(3);
  }

  @Test
  void rewindsTheUnitsThatAreKept() {
    Model initial = Model.create(SPEC, 4);
    UnitPruning pruning = new UnitPruning(PruningScope.LAYER);
    Model ticket = pruning.prune(model(), initial, 0.5);
    Model expected = pruning.select(model(), 0.5).shrink(initial);
    assertThat(ticket.kernel(0).value().data).isEqualTo(expected.kernel(0).value().data);
    assertThat(ticket.bias(0).value().data).containsOnly(0);
  }

  @Test
  void findsTheShareForANumberOfParameters() {
    UnitPruning pruning = new UnitPruning(PruningScope.GLOBAL);
    int most = SPEC.parameterCount();
    int checked = 0;
    for (int target = 30; target < most; target++) {
      Model small = pruning.pruned(model(), pruning.shareFor(model(), target));
      assertThat(small.spec().parameterCount()).isLessThanOrEqualTo(target);
      checked++;
    }
    assertThat(checked).isEqualTo(most - 30);
    assertThatThrownBy(() -> pruning.shareFor(model(), most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the network 6-8-5-3 has only " + most);
    assertThatThrownBy(() -> pruning.shareFor(model(), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 parameters are fewer than the network 6-8-5-3 can");
  }

  @Test
  void refusesWhatCannotBe() {
    Model model = model();
    assertThatThrownBy(() -> new UnitPruning(PruningScope.LAYER).select(model, 0.95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would remove all 8 units of hidden layer 1");
    assertThatThrownBy(() -> new UnitPruning(PruningScope.GLOBAL).select(model, 0.95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 units are to be removed, 11 can be");
    assertThatThrownBy(() -> new UnitPruning(PruningScope.GLOBAL).select(model, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share of units must be in [0, 1), received 1.0");
    Model linear = Model.create(ModelSpec.inputs(3).output(2, Activation.SOFTMAX), 1);
    assertThatThrownBy(() -> new UnitPruning(PruningScope.LAYER).select(linear, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3-2 has no hidden units");
    for (List<List<Integer>> kept :
        List.of(
            List.of(List.<Integer>of(), List.of(1)),
            List.of(List.of(2, 2), List.of(1)),
            List.of(List.of(0, 8), List.of(1)),
            List.of(List.of(0, 1)))) {
      assertThatThrownBy(() -> new UnitSelection(kept).shrink(model))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
