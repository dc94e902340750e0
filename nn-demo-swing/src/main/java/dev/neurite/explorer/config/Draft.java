package dev.neurite.explorer.config;

import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.model.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form as it is filled in, right or wrong.
 *
 * @param layers hidden layers from the input on
 * @param optimizer how gradients change the network
 * @param learningRate as typed
 * @param schedule how the rate changes
 * @param dropoutRate after every hidden layer, 0 to 0.75
 * @param epochs as typed
 * @param batchSize as typed
 * @param seed as typed
 */
public record Draft(
    List<LayerDraft> layers,
    OptimizerChoice optimizer,
    String learningRate,
    ScheduleChoice schedule,
    double dropoutRate,
    String epochs,
    String batchSize,
    String seed) {
  /** Largest dropout rate of the form. */
  public static final double MAX_DROPOUT_RATE = 0.75;

  /** Largest number of hidden layers of the form. */
  public static final int MAX_LAYERS = 8;

  /** Copies the layers. */
  public Draft {
    layers = List.copyOf(layers);
  }

  /** What the app starts with. */
  public static Draft start(long seed) {
    return new Draft(
        layersOf(NetworkPreset.SIMPLE),
        OptimizerChoice.ADAM,
        "0.005",
        ScheduleChoice.COSINE,
        0.25,
        "10",
        "512",
        String.valueOf(seed));
  }

  private static List<LayerDraft> layersOf(NetworkPreset preset) {
    return preset.hiddenUnits().stream()
        .map(units -> new LayerDraft(String.valueOf(units), Activation.Function.RELU))
        .toList();
  }

  /** The preset whose layers these are, if they are. */
  public Optional<NetworkPreset> preset() {
    for (NetworkPreset preset : NetworkPreset.values()) {
      if (layersOf(preset).equals(layers)) {
        return Optional.of(preset);
      }
    }
    return Optional.empty();
  }

  /** The same with the layers of a preset. */
  public Draft withPreset(NetworkPreset preset) {
    return withLayers(layersOf(preset));
  }

  /** The same with one hidden layer more, like the last one. */
  public Draft withLayerAdded() {
    List<LayerDraft> longer = new ArrayList<>(layers);
    longer.add(
        layers.isEmpty()
            ? new LayerDraft("64", Activation.Function.RELU)
            : layers.get(layers.size() - 1));
    return withLayers(longer);
  }

  /** The same without a hidden layer. */
  public Draft withoutLayer(int index) {
    List<LayerDraft> shorter = new ArrayList<>(layers);
    shorter.remove(index);
    return withLayers(shorter);
  }

  /** The same with another hidden layer at a place. */
  public Draft withLayer(int index, LayerDraft layer) {
    List<LayerDraft> changed = new ArrayList<>(layers);
    changed.set(index, layer);
    return withLayers(changed);
  }

  private Draft withLayers(List<LayerDraft> newLayers) {
    return new Draft(
        newLayers, optimizer, learningRate, schedule, dropoutRate, epochs, batchSize, seed);
  }

  /** The same with another optimiser. */
  public Draft withOptimizer(OptimizerChoice newOptimizer) {
    return new Draft(
        layers, newOptimizer, learningRate, schedule, dropoutRate, epochs, batchSize, seed);
  }

  /** The same with another learning rate. */
  public Draft withLearningRate(String newLearningRate) {
    return new Draft(
        layers, optimizer, newLearningRate, schedule, dropoutRate, epochs, batchSize, seed);
  }

  /** The same with another schedule. */
  public Draft withSchedule(ScheduleChoice newSchedule) {
    return new Draft(
        layers, optimizer, learningRate, newSchedule, dropoutRate, epochs, batchSize, seed);
  }

  /** The same with another dropout rate. */
  public Draft withDropoutRate(double newDropoutRate) {
    return new Draft(
        layers, optimizer, learningRate, schedule, newDropoutRate, epochs, batchSize, seed);
  }

  /** The same with another number of epochs. */
  public Draft withEpochs(String newEpochs) {
    return new Draft(
        layers, optimizer, learningRate, schedule, dropoutRate, newEpochs, batchSize, seed);
  }

  /** The same with another batch size. */
  public Draft withBatchSize(String newBatchSize) {
    return new Draft(
        layers, optimizer, learningRate, schedule, dropoutRate, epochs, newBatchSize, seed);
  }

  /** The same with another seed. */
  public Draft withSeed(String newSeed) {
    return new Draft(
        layers, optimizer, learningRate, schedule, dropoutRate, epochs, batchSize, newSeed);
  }
}
