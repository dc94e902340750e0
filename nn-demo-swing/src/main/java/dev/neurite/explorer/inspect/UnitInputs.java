package dev.neurite.explorer.inspect;

import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.model.LayerWeights;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a unit is fed with.
 *
 * @param tile its weights from 28×28 pixels, row after row; empty where its inputs are units
 * @param text its bias and, where its inputs are units, those that carry most: input times weight
 */
record UnitInputs(List<Float> tile, String text) {
  private static final int PIXELS = 784;
  private static final int MOST_INPUTS = 5;

  /**
   * Reads a unit. A pure function.
   *
   * @param words the classes that it answers with
   * @param pixels the digit, or another length for none: then inputs are ranked by weight alone
   */
  static UnitInputs of(Predictor predictor, float[] pixels, int layer, int unit, ClassWords words) {
    LayerWeights weights = predictor.weights(layer);
    boolean last = layer == predictor.spec().denseLayers().size() - 1;
    StringBuilder text =
        new StringBuilder(
            Texts.format(
                "inspect.unit.title",
                last ? Texts.get("inspect.output") : Texts.format("inspect.hidden", layer + 1),
                last ? words.name(unit) : unit + 1,
                Figures.loss(weights.bias()[unit])));
    if (weights.inputs() == PIXELS) {
      List<Float> tile = new ArrayList<>(PIXELS);
      for (int i = 0; i < PIXELS; i++) {
        tile.add(weights.weight(i, unit));
      }
      return new UnitInputs(tile, text.toString());
    }
    boolean lit = layer > 0 && pixels.length == predictor.spec().inputs();
    float[] before = lit ? predictor.activations(pixels).layers().get(layer - 1) : new float[0];
    IntStream.range(0, weights.inputs())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                i -> -Math.abs(weights.weight(i, unit) * (lit ? before[i] : 1))))
        .limit(MOST_INPUTS)
        .forEach(
            i ->
                text.append('\n')
                    .append(
                        lit
                            ? Texts.format(
                                "inspect.unit.lit",
                                i + 1,
                                Figures.loss(before[i]),
                                Figures.loss(weights.weight(i, unit)))
                            : Texts.format(
                                "inspect.unit.unlit",
                                i + 1,
                                Figures.loss(weights.weight(i, unit)))));
    return new UnitInputs(List.of(), text.toString());
  }
}
