package dev.neurite.explorer.inspect;

import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.FlowFigure;
import dev.neurite.nn.model.LayerWeights;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Turns what the layers say to a digit into a figure. */
final class Flow {
  private static final int MOST_UNITS = 20;
  private static final int MOST_LINKS = 40;

  private Flow() {}

  /** The most active units of each layer and the connections that carry most. A pure function. */
  static FlowFigure of(Predictor predictor, float[] pixels) {
    List<float[]> layers = predictor.activations(pixels).layers();
    List<FlowFigure.Column> columns = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      columns.add(column(layers.get(layer), layer, layer == layers.size() - 1));
    }
    List<FlowFigure.Link> links = new ArrayList<>();
    for (int layer = 1; layer < layers.size(); layer++) {
      links.addAll(links(columns, layer, layers.get(layer - 1), predictor.weights(layer)));
    }
    return new FlowFigure(columns, links);
  }

  private static FlowFigure.Column column(float[] values, int layer, boolean last) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    float scale = largest == 0 ? 1 : largest;
    List<Integer> units =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(u -> -Math.abs(values[u])))
            .limit(MOST_UNITS)
            .sorted()
            .toList();
    return new FlowFigure.Column(
        last ? Texts.get("inspect.output") : Texts.format("inspect.hidden", layer + 1),
        units,
        units.stream().map(u -> values[u] / scale).toList());
  }

  private static List<FlowFigure.Link> links(
      List<FlowFigure.Column> columns, int layer, float[] before, LayerWeights weights) {
    List<Integer> from = columns.get(layer - 1).units();
    List<Integer> to = columns.get(layer).units();
    List<FlowFigure.Link> all = new ArrayList<>();
    float largest = 0;
    for (int i = 0; i < from.size(); i++) {
      for (int j = 0; j < to.size(); j++) {
        float carried = before[from.get(i)] * weights.weight(from.get(i), to.get(j));
        if (carried != 0) {
          all.add(new FlowFigure.Link(layer - 1, i, j, carried));
          largest = Math.max(largest, Math.abs(carried));
        }
      }
    }
    float scale = largest;
    return all.stream()
        .sorted(Comparator.comparingDouble(l -> -Math.abs(l.strength())))
        .limit(MOST_LINKS)
        .map(l -> new FlowFigure.Link(l.column(), l.from(), l.to(), l.strength() / scale))
        .toList();
  }
}
