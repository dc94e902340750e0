package dev.neurite.nn.model;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a network in memory that garbage collections neither copy nor move; given back once
 * nobody holds this any more.
 */
final class OffHeapModel implements Predictor.Source {
  private final ModelSpec spec;
  private final FloatBuffer values;
  private final List<@Nullable Mask> masks = new ArrayList<>();

  /**
   * Copies a network now.
   *
   * @param model read
   */
  OffHeapModel(Model model) {
    spec = model.spec();
    values =
        ByteBuffer.allocateDirect(Float.BYTES * spec.parameterCount())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (Parameter parameter : model.parameters()) {
      values.put(parameter.value().data, 0, parameter.size());
      masks.add(parameter.mask());
    }
  }

  @Override
  public Model read() {
    Model model = Model.zeros(spec);
    FloatBuffer next = values.duplicate().rewind();
    for (int i = 0; i < masks.size(); i++) {
      Parameter parameter = model.parameters().get(i);
      next.get(parameter.value().data, 0, parameter.size());
      Mask mask = masks.get(i);
      if (mask != null) {
        parameter.prune(mask);
      }
    }
    return model;
  }
}
