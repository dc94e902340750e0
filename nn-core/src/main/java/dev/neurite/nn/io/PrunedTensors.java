package dev.neurite.nn.io;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masks of a model within its values.
 *
 * <p>The header names the kernels that have a mask; in their tensors a pruned weight is +0 (all
 * bits 0) and a weight that is kept but happens to be zero is -0. So the mask takes no room, every
 * reader sees the right values, and in memory a masked kernel has no -0, so nothing is lost.
 */
final class PrunedTensors {
  /** Key in the header. */
  static final String KEY = "masks";

  private PrunedTensors() {}

  /** Names of the parameters that have a mask, with a prefix. */
  static List<String> names(String prefix, Model model) {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      if (parameter.mask() != null) {
        names.add(prefix + parameter.name());
      }
    }
    return names;
  }

  /**
   * The values of a parameter as they are stored.
   *
   * @param format what they will be rounded to; a kept weight that it rounds to zero is kept
   */
  static float[] encode(Parameter parameter, FloatFormat format) {
    float[] values = parameter.value().data;
    @Nullable Mask mask = parameter.mask();
    if (mask == null) {
      return values;
    }
    float[] stored = values.clone();
    for (int i = 0; i < parameter.size(); i++) {
      float kept = format.rounded(values[i]) == 0 ? -0f : values[i];
      stored[i] = mask.keeps(i) ? kept : 0f;
    }
    return stored;
  }

  /** Gives a parameter with values as they are stored its mask back. */
  static void decode(Parameter parameter) {
    float[] values = parameter.value().data;
    BitSet kept = new BitSet(parameter.size());
    for (int i = 0; i < parameter.size(); i++) {
      kept.set(i, Float.floatToRawIntBits(values[i]) != 0);
    }
    parameter.prune(Mask.of(parameter.rows(), parameter.columns(), kept));
  }
}
