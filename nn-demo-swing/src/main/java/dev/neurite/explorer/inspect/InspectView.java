package dev.neurite.explorer.inspect;

import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.ui.FlowFigure;
import dev.neurite.explorer.ui.ScatterPoint;
import dev.neurite.nn.model.LayerWeights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the inside of a network. */
public interface InspectView {
  /** Says what is shown, or why nothing is. */
  void showMessage(String text);

  /**
   * Offers the epochs that can be replayed.
   *
   * @param epochs in order; the last place stands for the model as it is now
   * @param selected place in the list, -1 for none
   * @param text which one it is
   * @param reason why none can be replayed; empty where some can
   */
  void showEpochs(List<Integer> epochs, int selected, String text, String reason);

  /**
   * Names the classes.
   *
   * @param target the one that the digit is to become
   */
  void showClasses(ClassWords classes, int target);

  /** Offers the layers. */
  void showLayers(List<String> titles, int selected);

  /** Shows weights, or none. */
  void showWeights(@Nullable LayerWeights weights);

  /** Shows activations and connections. */
  void showFlow(FlowFigure figure);

  /**
   * Shows a unit.
   *
   * @param weights from the 28×28 pixels, relative to the largest; empty for units of later layers
   *     and for none
   * @param text its strongest inputs
   */
  void showUnit(List<Float> weights, String text);

  /**
   * Shows what the pixels do.
   *
   * @param digit 28×28, empty for none
   * @param gradient of each pixel; empty for none
   * @param changed the digit after the steps along the gradient; empty for none
   */
  void showSaliency(List<Float> digit, List<Float> gradient, List<Float> changed);

  /** Shows test images on a map. */
  void showMap(List<ScatterPoint> points);
}
