package dev.neurite.explorer.training;

import dev.neurite.explorer.service.Observation;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.eval.LayerDiagnosis;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/** What was seen of the layers of a run, brought to a bounded number of looks. */
final class LayerLog {
  /** Largest number of looks that are kept; then every second one goes. */
  private static final int LOOKS = 240;

  /** A layer with more than this share of dead units is worth a warning. */
  private static final double MANY_DEAD = 0.5;

  private final List<List<Double>> norms = new ArrayList<>();
  private Observation newest = new Observation(0, List.of());

  /** Takes a look. */
  void add(Observation observation) {
    newest = observation;
    norms.add(observation.layers().stream().map(LayerDiagnosis::gradientNorm).toList());
    if (norms.size() > LOOKS) {
      for (int i = norms.size() - 2; i >= 0; i -= 2) {
        norms.remove(i);
      }
    }
  }

  /** How long an evaluation takes, in seconds. */
  double evaluationSeconds() {
    return newest.evaluationSeconds();
  }

  /** The layers of a network as they were seen last. */
  List<LayerFace> faces(ModelSpec spec) {
    List<LayerFace> faces = new ArrayList<>();
    int inputs = spec.inputs();
    for (int i = 0; i < newest.layers().size(); i++) {
      LayerDiagnosis layer = newest.layers().get(i);
      DenseSpec dense = spec.denseLayers().get(i);
      int weights = inputs * dense.units();
      int index = i;
      faces.add(
          new LayerFace(
              Texts.format(
                  "layers.title",
                  i + 1,
                  Figures.count(inputs),
                  Figures.count(dense.units()),
                  dense.activation()),
              Texts.format(
                  "layers.figures",
                  Figures.significant(layer.gradientNorm()),
                  layer.deadUnits(),
                  layer.units(),
                  Figures.percent((double) layer.prunedWeights() / weights)),
              norms.stream().map(n -> n.get(index)).toList(),
              layer.histogram(),
              Figures.significant(layer.largestWeight()),
              layer.deadUnits() > MANY_DEAD * layer.units()));
      inputs = dense.units();
    }
    return faces;
  }
}
