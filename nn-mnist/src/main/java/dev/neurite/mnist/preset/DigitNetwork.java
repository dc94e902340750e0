package dev.neurite.mnist.preset;

import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.ModelSpec;
import java.util.List;

/** Networks for images of 28×28 pixels of 0...1, of which most are 0. */
public final class DigitNetwork {
  /** Number of pixels. */
  public static final int INPUTS = 784;

  /**
   * What pixels are multiplied by. Their mean square is 0.11, so 3 would bring it to 1; 2 and 3
   * both learn faster than 1 and differ by less than their spread over seeds.
   */
  public static final float PIXEL_FACTOR = 2;

  private DigitNetwork() {}

  /**
   * A network with dropout after every hidden layer and softmax at the end.
   *
   * @param hidden the hidden layers from the input on; may be empty
   * @param inputDropRate share of pixels switched off while training, in [0, 1)
   * @param dropRate share of hidden units switched off while training, in [0, 1)
   * @param classes number of outputs
   * @throws IllegalArgumentException if a value is not valid
   */
  public static ModelSpec spec(
      List<DenseSpec> hidden, float inputDropRate, float dropRate, int classes) {
    ModelSpec.Builder builder =
        ModelSpec.inputs(INPUTS).rescaling(PIXEL_FACTOR).dropout(inputDropRate);
    for (DenseSpec layer : hidden) {
      builder.add(layer).dropout(dropRate);
    }
    return builder.output(classes, Activation.SOFTMAX);
  }

  /**
   * A network as it is trained again after pruning: what is left of it needs less dropout, by the
   * square root of the share that is kept (Han et al. 2015).
   *
   * @param kept share of the present weights or units that is kept, in [0, 1]
   */
  public static ModelSpec forFineTuning(ModelSpec spec, double kept) {
    return spec.withHiddenDropout(rate -> (float) (rate * Math.sqrt(kept)));
  }
}
