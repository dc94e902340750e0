package dev.neurite.explorer.config;

import dev.neurite.mnist.dropin.NamedData;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.mnist.preset.OptimizerChoice;
import dev.neurite.mnist.preset.ScheduleChoice;
import dev.neurite.nn.model.Activation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form as it is filled in, right or wrong.
 *
 * @param layers hidden layers from the input on
 * @param optimizer how gradients change the network
 * @param schedule how the rate changes
 * @param augmentation how the training images are changed
 * @param data name of the images to learn from, as records name them
 * @param texts the other fields as typed
 */
public record Draft(
    List<LayerDraft> layers,
    OptimizerChoice optimizer,
    ScheduleChoice schedule,
    AugmentationChoice augmentation,
    String data,
    Map<Field.Kind, String> texts) {
  /** Largest dropout rate of the form. */
  public static final double MAX_DROPOUT_RATE = 0.75;

  /** Largest number of hidden layers of the form. */
  public static final int MAX_LAYERS = 8;

  private static final String START_DROPOUT = "0.25";

  /** Copies layers and texts. */
  public Draft {
    layers = List.copyOf(layers);
    texts = Map.copyOf(texts);
  }

  /** What the app starts with. */
  public static Draft start(long seed) {
    Map<Field.Kind, String> texts = new EnumMap<>(Field.Kind.class);
    texts.put(Field.Kind.LEARNING_RATE, "0.005");
    texts.put(Field.Kind.EPOCHS, "10");
    texts.put(Field.Kind.BATCH_SIZE, "512");
    texts.put(Field.Kind.SEED, String.valueOf(seed));
    texts.put(Field.Kind.CYCLES, "3");
    texts.put(Field.Kind.MULTIPLIER, "2");
    texts.put(Field.Kind.MINIMUM, "0.01");
    texts.put(Field.Kind.WARM_UP, "0.1");
    texts.put(Field.Kind.WEIGHT_DECAY, "");
    texts.put(Field.Kind.MAX_NORM, "");
    texts.put(Field.Kind.LABEL_SMOOTHING, "0");
    return new Draft(
        layersOf(NetworkPreset.SIMPLE),
        OptimizerChoice.ADAM,
        ScheduleChoice.COSINE,
        AugmentationChoice.NONE,
        NamedData.MNIST,
        texts);
  }

  private static List<LayerDraft> layersOf(NetworkPreset preset) {
    return preset.hiddenUnits().stream()
        .map(
            units -> new LayerDraft(String.valueOf(units), Activation.Function.RELU, START_DROPOUT))
        .toList();
  }

  /** The preset whose layers these are, whatever their dropout, if they are. */
  public Optional<NetworkPreset> preset() {
    for (NetworkPreset preset : NetworkPreset.values()) {
      if (withoutDropout(layersOf(preset)).equals(withoutDropout(layers))) {
        return Optional.of(preset);
      }
    }
    return Optional.empty();
  }

  private static List<LayerDraft> withoutDropout(List<LayerDraft> layers) {
    return layers.stream().map(l -> new LayerDraft(l.units(), l.activation(), "")).toList();
  }

  /** A field as typed. */
  public String text(Field.Kind kind) {
    return texts.getOrDefault(kind, "");
  }

  /** The same with another text in a field. */
  public Draft with(Field.Kind kind, String text) {
    Map<Field.Kind, String> changed = new EnumMap<>(texts);
    changed.put(kind, text);
    return new Draft(layers, optimizer, schedule, augmentation, data, changed);
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
            ? new LayerDraft("64", Activation.Function.RELU, START_DROPOUT)
            : layers.get(layers.size() - 1));
    return withLayers(longer);
  }

  /** The same without a hidden layer. */
  public Draft withoutLayer(int index) {
    List<LayerDraft> shorter = new ArrayList<>(layers);
    shorter.remove(index);
    return withLayers(shorter);
  }

  /** The same with a hidden layer at another place. */
  public Draft withLayerMoved(int from, int to) {
    List<LayerDraft> moved = new ArrayList<>(layers);
    moved.add(to, moved.remove(from));
    return withLayers(moved);
  }

  /** The same with another hidden layer at a place. */
  public Draft withLayer(int index, LayerDraft layer) {
    List<LayerDraft> changed = new ArrayList<>(layers);
    changed.set(index, layer);
    return withLayers(changed);
  }

  private Draft withLayers(List<LayerDraft> newLayers) {
    return new Draft(newLayers, optimizer, schedule, augmentation, data, texts);
  }

  /** The same with another optimiser. */
  public Draft withOptimizer(OptimizerChoice newOptimizer) {
    return new Draft(layers, newOptimizer, schedule, augmentation, data, texts);
  }

  /** The same with another schedule. */
  public Draft withSchedule(ScheduleChoice newSchedule) {
    return new Draft(layers, optimizer, newSchedule, augmentation, data, texts);
  }

  /** The same with the training images changed otherwise. */
  public Draft withAugmentation(AugmentationChoice newAugmentation) {
    return new Draft(layers, optimizer, schedule, newAugmentation, data, texts);
  }

  /** The same with other images to learn from. */
  public Draft withData(String newData) {
    return new Draft(layers, optimizer, schedule, augmentation, newData, texts);
  }
}
