package dev.neurite.nn.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightPruningTest {
  private static final ModelSpec SPEC =
      ModelSpec.inputs(7)
          .dense(5, Activation.RELU)
          .dense(4, Activation.RELU)
          .output(3, Activation.SOFTMAX);
  private static final int WEIGHTS = 35 + 20 + 12;
  private static final int BIASES = 12;

  private record Weight(int layer, int index, double magnitude) {}

  /** A model whose weights have many ties, zeros and negative zeros among them. */
  private static Model model(long seed) {
    Random random = new Random(seed);
    Model model = Model.zeros(SPEC);
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        int value = random.nextInt(9) - 4;
        parameter.value().data[i] = value == 0 && random.nextBoolean() ? -0f : value * 0.25f;
      }
    }
    return model;
  }

  /** Sorts: the pruned first, then by magnitude, then in order. */
  private static Set<Weight> smallest(Model model, int firstLayer, int endLayer, long count) {
    List<Weight> weights = new ArrayList<>();
    for (int layer = firstLayer; layer < endLayer; layer++) {
      Parameter kernel = model.kernel(layer);
      Mask mask = kernel.mask();
      for (int i = 0; i < kernel.size(); i++) {
        boolean kept = mask == null || mask.keeps(i);
        weights.add(new Weight(layer, i, kept ? Math.abs(kernel.value().data[i]) : -1));
      }
    }
    weights.sort(Comparator.comparingDouble(Weight::magnitude)); // stable: ties stay in order
    return new HashSet<>(weights.subList(0, (int) count));
  }

  private static Set<List<Integer>> places(Set<Weight> weights) {
    Set<List<Integer>> places = new HashSet<>();
    weights.forEach(weight -> places.add(List.of(weight.layer, weight.index)));
    return places;
  }

  private static Set<List<Integer>> pruned(Model model) {
    Set<List<Integer>> places = new HashSet<>();
    for (int layer = 0; layer < 3; layer++) {
      Mask mask = model.kernel(layer).mask();
      for (int i = 0; i < model.kernel(layer).size(); i++) {
        if (mask != null && !mask.keeps(i)) {
          assertThat(Float.floatToRawIntBits(model.kernel(layer).value().data[i])).isZero();
          places.add(List.of(layer, i));
        }
      }
    }
    return places;
  }

  @Property(tries = 300)
  void prunesExactlyTheSmallestTwice(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 0.98) double first,
      @ForAll @DoubleRange(min = 0, max = 0.98) double second) {
    double low = Math.min(first, second);
    double high = Math.max(first, second);
    Model model = model(seed);
    for (double sparsity : new double[] {low, high}) {
      Set<List<Integer>> before = pruned(model);
      Set<Weight> expected = smallest(model, 0, 3, Math.round(sparsity * WEIGHTS));
      WeightPruning.global().prune(model, sparsity);
      assertThat(pruned(model)).isEqualTo(places(expected)).containsAll(before);
      assertThat(model.prunedWeights()).isEqualTo((int) Math.round(sparsity * WEIGHTS));
    }
    assertBiasesAre(model(seed), model);
  }

  @Property(tries = 200)
  void aLayerScopePrunesTheSameShareOfEach(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.98) double sparsity) {
    Model model = model(seed);
    Set<Weight> expected = new HashSet<>();
    int[] sizes = {35, 20, 12};
    for (int layer = 0; layer < 3; layer++) {
      expected.addAll(smallest(model, layer, layer + 1, Math.round(sparsity * sizes[layer])));
    }
    new WeightPruning(PruningScope.LAYER, false).prune(model, sparsity);
    assertThat(pruned(model)).isEqualTo(places(expected));
  }

  private static void assertBiasesAre(Model expected, Model model) {
    for (int layer = 0; layer < 3; layer++) {
      assertThat(model.bias(layer).mask()).isNull();
      assertThat(model.bias(layer).value().data).isEqualTo(expected.bias(layer).value().data);
    }
  }

  @Test
  void aSparedOutputLayerKeepsAllAndTheOthersMakeUpForIt() {
    for (PruningScope scope : PruningScope.values()) {
      Model model = model(3);
      new WeightPruning(scope, true).prune(model, 0.5);
      assertThat(model.kernel(2).mask()).isNull();
      assertThat(model.prunedWeights()).as("%s", scope).isBetween(33, 35);
    }
    Model model = model(3);
    new WeightPruning(PruningScope.GLOBAL, true).prune(model, 0.5);
    assertThat(model.prunedWeights()).isEqualTo(34); // round(0.5 · 67)
    assertThatThrownBy(() -> new WeightPruning(PruningScope.GLOBAL, true).prune(model, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 60 weights pruned, but only 55 of 67");
  }

  @Test
  void aTargetCountsBiasesAndSparedLayers() {
    int checked = 0;
    for (PruningScope scope : PruningScope.values()) {
      for (boolean spares : new boolean[] {false, true}) {
        int fewest = BIASES + (spares ? 12 : 0);
        WeightPruning pruning = new WeightPruning(scope, spares);
        for (int target = fewest + 1; target < WEIGHTS + BIASES; target++) {
          Model model = model(target);
          pruning.prune(model, pruning.sparsityFor(SPEC, target));
          int left = WEIGHTS + BIASES - model.prunedWeights();
          assertThat(left).isBetween(scope == PruningScope.GLOBAL ? target : target - 2, target);
          checked++;
        }
        assertThatThrownBy(() -> pruning.sparsityFor(SPEC, fewest - 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(
                spares
                    ? "23 parameters are wanted, but 12 biases and 12 weights of the spared output"
                    : "11 parameters are wanted, but 12 biases cannot be pruned, so 12 are");
      }
    }
    assertThat(checked).isEqualTo(2 * (66 + 54));
    assertThatThrownBy(() -> WeightPruning.global().sparsityFor(SPEC, WEIGHTS + BIASES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("79 parameters are wanted, the network 7-5-4-3 has only 79");
    assertThatThrownBy(() -> WeightPruning.global().sparsityFor(SPEC, BIASES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no weight");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void refusesASparsityOutsideTheRange(double sparsity) {
    assertThatThrownBy(() -> WeightPruning.global().prune(model(1), sparsity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sparsity must be in [0, 1), received " + sparsity);
  }

  @Test
  void whatIsPrunedStaysPruned() {
    Model model = model(1);
    WeightPruning.global().prune(model, 0.5);
    Set<List<Integer>> before = pruned(model);
    assertThatThrownBy(() -> WeightPruning.global().prune(model, 0.3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20 weights are pruned, but 34 are pruned already and stay so");
    WeightPruning.global().pruneAtLeast(model, 0.3);
    assertThat(pruned(model)).isEqualTo(before);
  }

  /** First values of the weights that are left, as made anew from the seed. */
  @Test
  void rewindingGivesTheFirstValuesBackUnderTheMask() {
    Model initial = Model.create(SPEC, 11);
    Model trained = initial.copy();
    for (Parameter parameter : trained.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        parameter.value().data[i] += (i % 5 - 2) * 0.1f;
      }
    }
    Model ticket = WeightPruning.global().prune(trained, initial, 0.6);
    Model chosen = WeightPruning.global().pruned(trained, 0.6);
    assertThat(trained.isPruned()).isFalse();
    assertThat(pruned(ticket)).isEqualTo(pruned(chosen)).hasSize(40);
    for (int p = 0; p < ticket.parameters().size(); p++) {
      Parameter parameter = ticket.parameters().get(p);
      for (int i = 0; i < parameter.size(); i++) {
        boolean kept = parameter.mask() == null || parameter.mask().keeps(i);
        float first = initial.parameters().get(p).value().data[i];
        assertThat(parameter.value().data[i]).isEqualTo(kept ? first : 0f);
      }
    }
  }

  @Test
  void notANumberCountsAsLargest() {
    Model model = model(5);
    model.kernel(0).value().data[3] = Float.NaN;
    WeightPruning.global().prune(model, 0.98);
    assertThat(model.kernel(0).mask()).isNotNull();
    assertThat(model.kernel(0).value().data[3]).isNaN();
  }

  /** A block of the oracle: places of one layer. */
  private record Block(int layer, List<Integer> places, float mean) {}

  /**
   * Sorts blocks by their mean magnitude, goes through them, and through the weights of the last.
   */
  private static Set<List<Integer>> smallestBlocks(
      Model model, int width, int firstLayer, int endLayer, long count) {
    List<Block> blocks = new ArrayList<>();
    Set<List<Integer>> gone = pruned(model);
    gone.removeIf(place -> place.get(0) < firstLayer || place.get(0) >= endLayer);
    for (int layer = firstLayer; layer < endLayer; layer++) {
      Parameter kernel = model.kernel(layer);
      for (int row = 0; row < kernel.rows(); row++) {
        for (int column = 0; column < kernel.columns(); column += width) {
          List<Integer> places = new ArrayList<>();
          double sum = 0;
          for (int j = column; j < Math.min(column + width, kernel.columns()); j++) {
            places.add(row * kernel.columns() + j);
            sum += Math.abs((double) kernel.value().get(row, j)); // what is pruned is 0
          }
          blocks.add(new Block(layer, places, (float) (sum / places.size())));
        }
      }
    }
    blocks.sort(Comparator.comparing(Block::mean));
    for (Block block : blocks) {
      List<Weight> weights = new ArrayList<>();
      for (int place : block.places) {
        weights.add(
            new Weight(
                block.layer, place, Math.abs(model.kernel(block.layer).value().data[place])));
      }
      weights.sort(Comparator.comparingDouble(Weight::magnitude));
      for (Weight weight : weights) {
        if (gone.size() < count) {
          gone.add(List.of(weight.layer, weight.index));
        }
      }
    }
    return gone;
  }

  @Property(tries = 300)
  void prunesExactlyTheSmallestBlocksTwice(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 8) int width,
      @ForAll @DoubleRange(min = 0, max = 0.98) double first,
      @ForAll @DoubleRange(min = 0, max = 0.98) double second) {
    double low = Math.min(first, second);
    double high = Math.max(first, second);
    Model model = model(seed);
    WeightPruning pruning = new WeightPruning(PruningScope.GLOBAL, false, width);
    for (double sparsity : new double[] {low, high}) {
      Set<List<Integer>> before = pruned(model);
      Set<List<Integer>> expected =
          smallestBlocks(model, width, 0, 3, Math.round(sparsity * WEIGHTS));
      pruning.prune(model, sparsity);
      assertThat(pruned(model)).isEqualTo(expected).containsAll(before);
      assertThat(model.prunedWeights()).isEqualTo((int) Math.round(sparsity * WEIGHTS));
    }
    assertBiasesAre(model(seed), model);
  }

  @Property(tries = 200)
  void aLayerScopePrunesTheSameShareOfEachInBlocks(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 8) int width,
      @ForAll boolean sparesOutput,
      @ForAll @DoubleRange(min = 0, max = 0.8) double sparsity) {
    Model model = model(seed);
    Set<List<Integer>> expected = new HashSet<>();
    int[] sizes = {35, 20, 12};
    double share = sparesOutput ? sparsity * 67 / 55 : sparsity;
    for (int layer = 0; layer < (sparesOutput ? 2 : 3); layer++) {
      long count = Math.round(share * sizes[layer]);
      expected.addAll(smallestBlocks(model, width, layer, layer + 1, count));
    }
    new WeightPruning(PruningScope.LAYER, sparesOutput, width).prune(model, sparsity);
    assertThat(pruned(model)).isEqualTo(expected);
  }

  /** At most one block of a group is pruned in part, when nothing was pruned before. */
  @Property(tries = 200)
  void allBlocksButOneAreWhole(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 8) int width,
      @ForAll PruningScope scope,
      @ForAll @DoubleRange(min = 0, max = 0.98) double sparsity) {
    Model model = model(seed);
    new WeightPruning(scope, false, width).prune(model, sparsity);
    int inPart = 0;
    for (int layer = 0; layer < 3; layer++) {
      Parameter kernel = model.kernel(layer);
      Mask mask = kernel.mask();
      int inPartOfLayer = 0;
      for (int row = 0; row < kernel.rows() && mask != null; row++) {
        for (int column = 0; column < kernel.columns(); column += width) {
          int end = Math.min(column + width, kernel.columns());
          int kept = 0;
          for (int j = column; j < end; j++) {
            kept += mask.keeps(row * kernel.columns() + j) ? 1 : 0;
          }
          inPartOfLayer += kept > 0 && kept < end - column ? 1 : 0;
        }
      }
      assertThat(inPartOfLayer).isLessThanOrEqualTo(1);
      inPart += inPartOfLayer;
    }
    assertThat(inPart).isLessThanOrEqualTo(scope == PruningScope.GLOBAL ? 1 : 3);
  }

  /** Means by hand: 2, 1.5, 4 of the first input and 1, NaN, 0.5 of the second. */
  @Test
  void blocksGoByTheirMeanMagnitude() {
    Model model = Model.zeros(ModelSpec.inputs(2).output(5, Activation.SOFTMAX));
    float[] values = {-4, 0, 2, -1, 4, 1, -1, Float.NaN, 0, -0.5f};
    System.arraycopy(values, 0, model.kernel(0).value().data, 0, 10);
    WeightPruning pairs = new WeightPruning(PruningScope.GLOBAL, false, 2);
    int[][] order = {{9}, {5, 6}, {3, 2}, {1, 0}, {4}, {8}};
    Set<List<Integer>> expected = new HashSet<>();
    int checked = 0;
    for (int[] block : order) {
      for (int place : block) {
        expected.add(List.of(0, place));
        Model once = model.copy();
        pairs.prune(once, expected.size() / 10.0);
        assertThat(places(once.kernel(0).mask())).isEqualTo(expected);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(9);
  }

  private static Set<List<Integer>> places(Mask mask) {
    Set<List<Integer>> places = new HashSet<>();
    for (int i = 0; i < mask.rows() * mask.columns(); i++) {
      if (!mask.keeps(i)) {
        places.add(List.of(0, i));
      }
    }
    return places;
  }

  @Test
  void blocksOfOneAreSingleWeights() {
    assertThat(new WeightPruning(PruningScope.GLOBAL, false, 1)).isEqualTo(WeightPruning.global());
    Model expected = model(8);
    WeightPruning.global().prune(expected, 0.7);
    Model model = model(8);
    new SmallestBlocks(List.of(model.kernel(0), model.kernel(1), model.kernel(2)), 1)
        .prune((int) Math.round(0.7 * WEIGHTS));
    assertThat(pruned(model)).isEqualTo(pruned(expected));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65})
  void refusesABlockWidthOutsideTheRange(int width) {
    assertThatThrownBy(() -> new WeightPruning(PruningScope.LAYER, true, width))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("blockWidth must be 1...64, received " + width);
  }

  @Test
  void saysWhatItPrunes() {
    assertThat(new WeightPruning(PruningScope.LAYER, true, 16))
        .hasToString("smallest blocks of 16 weights of each layer, output layer spared");
    assertThat(WeightPruning.global()).hasToString("smallest weights of all layers");
  }
}
