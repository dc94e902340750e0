package dev.neurite.nn.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reports say, against counts by hand. */
class ReportTest {
  private static final double EXACT = 1e-12;

  private static Model model() {
    Model model =
        Model.zeros(ModelSpec.inputs(40).dense(20, Activation.RELU).output(2, Activation.SOFTMAX));
    for (int i = 0; i < 800; i++) {
      model.kernel(0).value().data[i] = (i + 1) * 0.001f * (i % 2 == 0 ? 1 : -1);
    }
    model.kernel(1).value().fill(5);
    model.bias(0).value().set(0, 3, 0.5f);
    return model;
  }

  @Test
  void countsWhatIsLeft() {
    Model model = model();
    new WeightPruning(PruningScope.LAYER, true).prune(model, 760 / 840.0);
    SparsityReport report = SparsityReport.of(model);
    assertThat(report.parameters()).isEqualTo(40 * 20 + 20 + 20 * 2 + 2);
    assertThat(report.nonZeroParameters()).isEqualTo(40 + 40 + 1);
    assertThat(report.sparsity()).isEqualTo(760 / 840.0, within(EXACT));
    SparsityReport.Layer first = report.layers().get(0);
    assertThat(first.name()).isEqualTo("dense1");
    assertThat(first.kept()).isEqualTo(40);
    assertThat(first.keepRate()).isEqualTo(0.05, within(EXACT));
    assertThat(first.threshold()).isEqualTo(761 * 0.001f);
    assertThat(report.layers().get(1).threshold()).isEqualTo(5);
    // Kernel: 40 floats; their places in 760 zeros and then one after the other, so 3 bytes for the
    // first (2 · 255 + 250) less one, then one each: 42 < a bitmap of 100. Bias: 20 floats, of
    // which
    // one is not zero: 4 + 1 bytes.
    assertThat(first.size().dense()).isEqualTo(4 * 820);
    assertThat(first.size().sparse()).isEqualTo(4 * 40 + 42 + 5);
    assertThat(report.size().dense()).isEqualTo(4L * report.parameters());
    assertThat(report.size().gzip()).isBetween(100L, 1000L);
  }

  @Test
  void aDenseNetworkIsNoLargerInSparseForm() {
    Model model = Model.create(model().spec(), 1);
    SparsityReport report = SparsityReport.of(model);
    assertThat(report.sparsity()).isZero();
    assertThat(report.layers().get(0).size().sparse())
        .isLessThanOrEqualTo(report.layers().get(0).size().dense());
  }

  @Test
  void sensitivityPrunesEachLayerAloneAndThenAll() {
    Model model = model();
    List<String> seen = new ArrayList<>();
    List<Double> sparsities = List.of(0.25, 0.5);
    SensitivityReport report =
        SensitivityReport.measure(
            model,
            sparsities,
            pruned -> {
              int first = pruned.kernel(0).mask() == null ? 0 : pruned.kernel(0).mask().pruned();
              int last = pruned.kernel(1).mask() == null ? 0 : pruned.kernel(1).mask().pruned();
              seen.add(first + "," + last);
              return (1000 - first - last) / 1000.0;
            });
    assertThat(seen).containsExactly("0,0", "200,0", "400,0", "0,10", "0,20", "210,0", "420,0");
    assertThat(seen).hasSize(SensitivityReport.measurements(model, sparsities));
    assertThat(report.accuracy()).isEqualTo(1);
    assertThat(report.curves())
        .extracting(SensitivityReport.Curve::name)
        .containsExactly("dense1", "dense2", "all");
    assertThat(report.toCsv())
        .isEqualTo("sparsity,dense1,dense2,all\n0.25,0.8,0.99,0.79\n0.5,0.6,0.98,0.58\n");
    assertThat(model.isPruned()).isFalse();
    model.kernel(0).prune(WeightPruning.global().pruned(model, 0.4).kernel(0).mask());
    SensitivityReport later = SensitivityReport.measure(model, List.of(0.2), pruned -> 1);
    assertThat(later.curves().get(0).accuracies().get(0)).isNaN();
    assertThat(later.curves().get(1).accuracies()).containsExactly(1.0);
  }

  @Test
  void refusesASparsityOutsideTheRange() {
    assertThatThrownBy(() -> SensitivityReport.measure(model(), List.of(0.5, 1.0), pruned -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("received 1.0");
    assertThatThrownBy(
            () ->
                new SensitivityReport(
                    1, List.of(0.1), List.of(new SensitivityReport.Curve("a", List.of()))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
