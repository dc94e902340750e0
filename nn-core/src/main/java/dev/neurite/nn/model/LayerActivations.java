package dev.neurite.nn.model;

import java.util.List;

/**
 * What every dense layer says to one input.
 *
 * @param layers the units' values after the activation, layer by layer; the last are the outputs
 */
public record LayerActivations(List<float[]> layers) {
  /** Keeps the list as it is. */
  public LayerActivations {
    layers = List.copyOf(layers);
  }

  /** The network's outputs. */
  public float[] output() {
    return layers.get(layers.size() - 1);
  }
}
