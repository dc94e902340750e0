package dev.neurite.nn.eval;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the learning of a dense layer goes, seen on a few examples.
 *
 * @param units its outputs
 * @param deadUnits units that none of the examples would move: the gradient of their bias is
 *     exactly 0, as of a ReLU that is 0 for all of them
 * @param gradientNorm Euclidean norm of the gradient of its weights, of the mean loss over the
 *     examples without dropout
 * @param prunedWeights weights that are switched off for good
 * @param largestWeight largest absolute value of a weight; the ends of the histogram
 * @param histogram numbers of weights that are not pruned in {@value #BINS} equal parts of
 *     [−largestWeight, largestWeight]
 */
public record LayerDiagnosis(
    int units,
    int deadUnits,
    double gradientNorm,
    int prunedWeights,
    float largestWeight,
    List<Integer> histogram) {
  /** Number of parts of a histogram. */
  public static final int BINS = 41;

  /** Copies the histogram. */
  public LayerDiagnosis {
    histogram = List.copyOf(histogram);
  }

  /**
   * Looks at every dense layer, from the input on.
   *
   * @param model read; a copy does the work
   * @param loss whose gradient is meant
   * @param data the first examples are used, at least 1
   * @param rows number of examples, 1 up to the size of the data
   * @param engine what to run on; not closed
   */
  public static List<LayerDiagnosis> of(
      Model model, Loss loss, Dataset data, int rows, Engine engine) {
    return new LayerDiagnoser(model, loss, data, rows, engine).look();
  }

  /** What a layer's gradients, which are there, say. */
  static LayerDiagnosis of(Parameter kernel, Parameter bias) {
    float[] biasGradient = bias.gradient().data;
    int dead = 0;
    for (int i = 0; i < bias.size(); i++) {
      dead += biasGradient[i] == 0 ? 1 : 0;
    }
    float[] weights = kernel.value().data;
    float[] gradient = kernel.gradient().data;
    double squares = 0;
    float largest = 0;
    int pruned = 0;
    for (int i = 0; i < kernel.size(); i++) {
      if (isPruned(kernel, i)) {
        pruned++;
      } else {
        squares += (double) gradient[i] * gradient[i];
        largest = Math.max(largest, Math.abs(weights[i]));
      }
    }
    int[] counts = new int[BINS];
    for (int i = 0; i < kernel.size(); i++) {
      if (!isPruned(kernel, i)) {
        double place = largest == 0 ? 0.5 : (weights[i] / largest + 1) / 2;
        counts[(int) Math.min(BINS - 1, place * BINS)]++;
      }
    }
    List<Integer> histogram = new ArrayList<>();
    for (int count : counts) {
      histogram.add(count);
    }
    return new LayerDiagnosis(bias.size(), dead, Math.sqrt(squares), pruned, largest, histogram);
  }

  private static boolean isPruned(Parameter kernel, int index) {
    @Nullable Mask mask = kernel.mask();
    return mask != null && !mask.keeps(index);
  }
}
