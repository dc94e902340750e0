package dev.neurite.nn.io;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.optim.OptimizerState;
import dev.neurite.nn.schedule.PlateauState;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingSnapshot;
import dev.neurite.nn.train.TrainingSnapshot.Best;
import dev.neurite.nn.train.TrainingSnapshot.Progress;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run that can go on, as a file; see the package for its format. */
public final class CheckpointFile {
  private static final String KIND = "neurite-checkpoint";
  private static final int VERSION = 1;

  /** What stands in the header beside the specs. */
  private record State(
      int trainRows,
      Progress progress,
      PlateauState plateau,
      long optimizerSteps,
      int bestEpoch,
      double bestCost,
      List<EpochRecord> history) {}

  private CheckpointFile() {}

  /**
   * Writes a snapshot, whole or not at all.
   *
   * @param provenance where it comes from; {@link #readProvenance} gives it back
   */
  public static void write(Path file, TrainingSnapshot snapshot, Provenance provenance)
      throws IOException {
    @Nullable Best best = snapshot.best();
    Header header = new Header(KIND, VERSION);
    header.put("spec", snapshot.model().spec());
    header.put("training", snapshot.spec());
    header.put("provenance", provenance);
    header.put(
        "state",
        new State(
            snapshot.trainRows(),
            snapshot.progress(),
            snapshot.plateau(),
            snapshot.optimizer().steps(),
            best == null ? 0 : best.epoch(),
            best == null ? 0 : best.cost(),
            snapshot.history()));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ModelFile.addParameters(tensors, "model.", snapshot.model(), FloatFormat.FLOAT32);
    List<String> masks = PrunedTensors.names("model.", snapshot.model());
    List<Parameter> parameters = snapshot.model().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      List<float[]> slots = snapshot.optimizer().slots().get(i);
      for (int slot = 0; slot < slots.size(); slot++) {
        String name = slotName(parameters.get(i), slot);
        tensors.put(name, new Tensor(name, ModelFile.shape(parameters.get(i)), slots.get(slot)));
      }
    }
    if (best != null) {
      ModelFile.addParameters(tensors, "best.", best.model(), FloatFormat.FLOAT32);
      masks.addAll(PrunedTensors.names("best.", best.model()));
    }
    header.put(PrunedTensors.KEY, masks);
    new SafetensorsFile(header.texts(), tensors).write(file);
  }

  /**
   * Reads a snapshot.
   *
   * @throws ModelFormatException if the file is not a valid checkpoint
   * @throws IOException if it cannot be read
   */
  public static TrainingSnapshot read(Path file) throws IOException {
    try {
      return readSnapshot(file);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new ModelFormatException(
          file.toString(), 8, "the metadata describes no run: " + e.getMessage());
    }
  }

  /**
   * Reads where a snapshot comes from.
   *
   * @throws ModelFormatException if the file is not a valid checkpoint
   * @throws IOException if it cannot be read
   */
  public static Provenance readProvenance(Path file) throws IOException {
    return Header.of(KIND, VERSION, file, SafetensorsFile.read(file).metadata())
        .get("provenance", Provenance.class);
  }

  private static TrainingSnapshot readSnapshot(Path file) throws IOException {
    SafetensorsFile content = SafetensorsFile.read(file);
    Header header = Header.of(KIND, VERSION, file, content.metadata());
    ModelSpec modelSpec = header.get("spec", ModelSpec.class);
    TrainingSpec spec = header.get("training", TrainingSpec.class);
    State state = header.get("state", State.class);
    Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors());
    Set<String> masks = ModelFile.masks(header);
    Model model = ModelFile.takeParameters(file, tensors, "model.", modelSpec, masks);
    List<List<float[]>> slots = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      List<float[]> arrays = new ArrayList<>();
      for (int slot = 0; slot < spec.optimizer().rule().slots(); slot++) {
        arrays.add(
            ModelFile.take(file, tensors, slotName(parameter, slot), ModelFile.shape(parameter)));
      }
      slots.add(arrays);
    }
    @Nullable Best best =
        state.bestEpoch() == 0
            ? null
            : new Best(
                state.bestEpoch(),
                state.bestCost(),
                ModelFile.takeParameters(file, tensors, "best.", modelSpec, masks));
    ModelFile.requireEmpty(file, tensors);
    ModelFile.requireEmpty(file, content.bytes());
    return new TrainingSnapshot(
        spec,
        state.trainRows(),
        model,
        new OptimizerState(state.optimizerSteps(), slots),
        state.progress(),
        state.plateau(),
        best,
        state.history());
  }

  private static String slotName(Parameter parameter, int slot) {
    return "optimizer." + parameter.name() + "." + slot;
  }
}
