package dev.neurite.explorer.config;

import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.mnist.preset.NetworkPreset;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.schedule.Schedule;
import dev.neurite.nn.train.TrainingSpec;
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
  private static final int MAX_UNITS = 4096;
  private static final int MAX_EPOCHS = 1000;
  private static final int MAX_BATCH_SIZE = 10_000;
  private static final double MAX_LEARNING_RATE = 10;
  private static final double MAX_LABEL_SMOOTHING = 0.5;
  private static final double MAX_DECAY = 1;
  private static final double MAX_MAX_NORM = 1000;
  private static final int MAX_CYCLES = 20;
  private static final int MAX_MULTIPLIER = 4;
  private static final double MAX_WARM_UP = 0.9;

  /** Copies the problems. */
  public DraftCheck {
    problems = Map.copyOf(problems);
  }

  /**
   * Reads a form. A pure function.
   *
   * @param draft as filled in
   * @param trainRows rows to learn from, at least 1
   * @param data what the rows are called
   */
  public static DraftCheck of(Draft draft, int trainRows, DataKind data) {
    Reader reader = new Reader();
    ModelSpec network = reader.network(draft, data.classNames().size());
    double learningRate = reader.learningRate(draft.text(Field.Kind.LEARNING_RATE));
    int epochs =
        reader.wholeNumber(Field.of(Field.Kind.EPOCHS), draft.text(Field.Kind.EPOCHS), MAX_EPOCHS);
    int batchSize =
        reader.wholeNumber(
            Field.of(Field.Kind.BATCH_SIZE), draft.text(Field.Kind.BATCH_SIZE), MAX_BATCH_SIZE);
    long seed = reader.seed(draft.text(Field.Kind.SEED));
    ScheduleFields fields = reader.scheduleFields(draft);
    OptimizerSpec optimizer = reader.optimizer(draft);
    double labelSmoothing =
        reader.number(draft, Field.Kind.LABEL_SMOOTHING, 0, MAX_LABEL_SMOOTHING, Double.NaN);
    if (network == null || !reader.problems.isEmpty()) {
      return new DraftCheck(reader.problems, Optional.ofNullable(network), Optional.empty());
    }
    int stepsPerEpoch = (trainRows + batchSize - 1) / batchSize;
    Schedule schedule = fields.schedule(draft.schedule(), learningRate, epochs, stepsPerEpoch);
    TrainingSpec training =
        new TrainingSpec(
            epochs,
            batchSize,
            optimizer,
            schedule,
            Loss.SOFTMAX_CROSS_ENTROPY,
            labelSmoothing,
            null,
            seed);
    String name = draft.preset().map(NetworkPreset::title).orElse(Texts.get("config.custom"));
    return new DraftCheck(
        reader.problems,
        Optional.of(network),
        Optional.of(
            new Experiment(
                name,
                network,
                training,
                draft.optimizer().title(),
                draft.schedule().title(),
                draft.augmentation().augmentation(),
                data,
                DraftWords.of(draft))));
  }

  /** Reads fields and collects what is wrong with them. */
  private static final class Reader {
    final Map<Field, String> problems = new LinkedHashMap<>();

    @Nullable ModelSpec network(Draft draft, int classes) {
      ModelSpec.Builder builder =
          ModelSpec.inputs(DigitNetwork.INPUTS).rescaling(DigitNetwork.PIXEL_FACTOR);
      boolean valid = true;
      for (int i = 0; i < draft.layers().size(); i++) {
        LayerDraft layer = draft.layers().get(i);
        int units = wholeNumber(Field.units(i), layer.units(), MAX_UNITS);
        double dropout =
            number(Field.dropout(i), layer.dropout(), 0, Draft.MAX_DROPOUT_RATE, Double.NaN);
        if (units == 0 || Double.isNaN(dropout)) {
          valid = false;
        } else {
          builder.add(new DenseSpec(units, Activation.of(layer.activation().label())));
          if (dropout > 0) {
            builder.dropout((float) dropout);
          }
        }
      }
      if (!valid) {
        return null;
      }
      try {
        return builder.output(classes, Activation.SOFTMAX);
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

    ScheduleFields scheduleFields(Draft draft) {
      List<Field.Kind> shown = ScheduleFields.of(draft.schedule());
      return new ScheduleFields(
          shown.contains(Field.Kind.CYCLES) ? whole(draft, Field.Kind.CYCLES, MAX_CYCLES) : 1,
          shown.contains(Field.Kind.MULTIPLIER)
              ? whole(draft, Field.Kind.MULTIPLIER, MAX_MULTIPLIER)
              : 1,
          shown.contains(Field.Kind.MINIMUM)
              ? number(draft, Field.Kind.MINIMUM, 0, 1, Double.NaN)
              : 0,
          shown.contains(Field.Kind.WARM_UP)
              ? number(draft, Field.Kind.WARM_UP, 0, MAX_WARM_UP, Double.NaN)
              : 0);
    }

    private int whole(Draft draft, Field.Kind kind, int largest) {
      return wholeNumber(Field.of(kind), draft.text(kind), largest);
    }

    /** The optimiser; an empty field leaves its usual value. */
    OptimizerSpec optimizer(Draft draft) {
      double decay = number(draft, Field.Kind.WEIGHT_DECAY, 0, MAX_DECAY, -1);
      double maxNorm = number(draft, Field.Kind.MAX_NORM, 0, MAX_MAX_NORM, -1);
      OptimizerSpec spec =
          decay >= 0 ? draft.optimizer().withDecay(decay) : draft.optimizer().spec();
      return maxNorm >= 0 ? spec.withMaxNorm(maxNorm) : spec;
    }

    double number(Draft draft, Field.Kind kind, double least, double largest, double whenEmpty) {
      return number(Field.of(kind), draft.text(kind), least, largest, whenEmpty);
    }

    /** The number; NaN, with a problem, if it is none of the range. */
    double number(Field field, String text, double least, double largest, double whenEmpty) {
      if (text.isBlank() && !Double.isNaN(whenEmpty)) {
        return whenEmpty;
      }
      double value = LearningRateScale.parse(text);
      if (value >= least && value <= largest) {
        return value;
      }
      problems.put(
          field, Texts.format("config.problem.number", Figures.rate(least), Figures.rate(largest)));
      return Double.NaN;
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
