package dev.neurite.nn.eval;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the layers of a network again and again while it learns, each time in the same memory.
 */
public final class LayerDiagnoser {
  private final Model model;
  private final Model copy;
  private final RecordedBatch batch;

  /**
   * Takes the memory for a look.
   *
   * @param model read at each look; a copy does the work
   * @param loss whose gradient is meant
   * @param data the first examples are used, at least 1
   * @param rows number of examples, 1 up to the size of the data
   * @param engine what to run on; not closed
   */
  public LayerDiagnoser(Model model, Loss loss, Dataset data, int rows, Engine engine) {
    this.model = model;
    copy = model.copyAs(model.spec().withInputDropout(0).withHiddenDropout(rate -> 0f));
    batch = new RecordedBatch(copy, loss, 0, Mode.TRAINING, 0, rows, data, engine);
    batch.load(data, new int[0], 0, rows);
  }

  /** Every dense layer as it is now, from the input on. */
  public List<LayerDiagnosis> look() {
    for (int i = 0; i < copy.parameters().size(); i++) {
      copy.parameters().get(i).setTo(model.parameters().get(i));
    }
    copy.parameters().forEach(Parameter::zeroGradient);
    batch.forward(0);
    batch.backward();
    List<LayerDiagnosis> layers = new ArrayList<>();
    for (int i = 0; i < copy.spec().denseLayers().size(); i++) {
      layers.add(LayerDiagnosis.of(copy.kernel(i), copy.bias(i)));
    }
    return layers;
  }
}
