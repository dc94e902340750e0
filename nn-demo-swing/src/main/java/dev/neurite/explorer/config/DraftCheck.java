package dev.neurite.explorer.config;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.schedule.Schedule;
import dev.neurite.nn.train.TrainingSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A form read: what is wrong in it, and the experiment if nothing is.
 *
 * @param problems what is wrong, by field
 * @param network the network; empty if something is wrong with the layers
 * @param experiment empty if anything is wrong
 */
public record DraftCheck(
    Map<Field, String> problems, Optional<ModelSpec> network, Optional<Experiment> experiment) {
  private static final int CLASSES = 10;
  private static final int MAX_UNITS = 4096;
  private static final int MAX_EPOCHS = 1000;
  private static final int MAX_BATCH_SIZE = 10_000;
  private static final double MAX_LEARNING_RATE = 10;

  /** Copies the problems. */
  public DraftCheck {
    problems = Map.copyOf(problems);
  }

  /**
   * Reads a form. A pure function.
   *
   * @param draft as filled in
   * @param trainRows rows to learn from, at least 1
   */
  public static DraftCheck of(Draft draft, int trainRows) {
    Reader reader = new Reader();
    ModelSpec network = reader.network(draft);
    double learningRate = reader.learningRate(draft.learningRate());
    int epochs = reader.wholeNumber(Field.of(Field.Kind.EPOCHS), draft.epochs(), MAX_EPOCHS);
    int batchSize =
        reader.wholeNumber(Field.of(Field.Kind.BATCH_SIZE), draft.batchSize(), MAX_BATCH_SIZE);
    long seed = reader.seed(draft.seed());
    if (network == null || !reader.problems.isEmpty()) {
      return new DraftCheck(reader.problems, Optional.ofNullable(network), Optional.empty());
    }
    int stepsPerEpoch = (trainRows + batchSize - 1) / batchSize;
    Schedule schedule = draft.schedule().schedule(learningRate, epochs, stepsPerEpoch);
    TrainingSpec training =
        new TrainingSpec(
            epochs,
            batchSize,
            draft.optimizer().spec(),
            schedule,
            Loss.SOFTMAX_CROSS_ENTROPY,
            0,
            null,
            seed);
    String name = draft.preset().map(NetworkPreset::title).orElse(Texts.get("config.custom"));
    return new DraftCheck(
        reader.problems,
        Optional.of(network),
        Optional.of(
            new Experiment(
                name, network, training, draft.optimizer().title(), draft.schedule().title())));
  }

  /** Reads fields and collects what is wrong with them. */
  private static final class Reader {
    final Map<Field, String> problems = new LinkedHashMap<>();

    @Nullable ModelSpec network(Draft draft) {
      List<DenseSpec> hidden = new ArrayList<>();
      boolean valid = true;
      for (int i = 0; i < draft.layers().size(); i++) {
        LayerDraft layer = draft.layers().get(i);
        int units = wholeNumber(Field.units(i), layer.units(), MAX_UNITS);
        if (units == 0) {
          valid = false;
        } else {
          hidden.add(new DenseSpec(units, Activation.of(layer.activation().label())));
        }
      }
      if (!valid) {
        return null;
      }
      try {
        return DigitNetwork.spec(hidden, 0, (float) draft.dropoutRate(), CLASSES);
      } catch (IllegalArgumentException e) { // too many layers, or too large together
        problems.put(Field.of(Field.Kind.LAYERS), String.valueOf(e.getMessage()));
        return null;
      }
    }

    /** The number, or 0 if it is none from 1 to the largest. */
    int wholeNumber(Field field, String text, int largest) {
      try {
        int value = Integer.parseInt(text.strip());
        if (value >= 1 && value <= largest) {
          return value;
        }
      } catch (NumberFormatException e) {
        // the same message as for a number that is out of range
      }
      problems.put(field, Texts.format("config.problem.wholeNumber", Figures.count(largest)));
      return 0;
    }

    double learningRate(String text) {
      double value = LearningRateScale.parse(text);
      if (value > 0 && value <= MAX_LEARNING_RATE) {
        return value;
      }
      problems.put(
          Field.of(Field.Kind.LEARNING_RATE),
          Texts.format("config.problem.learningRate", Figures.rate(MAX_LEARNING_RATE)));
      return Double.NaN;
    }

    long seed(String text) {
      try {
        return Long.parseLong(text.strip());
      } catch (NumberFormatException e) {
        problems.put(Field.of(Field.Kind.SEED), Texts.get("config.problem.seed"));
        return 0;
      }
    }
  }
}
