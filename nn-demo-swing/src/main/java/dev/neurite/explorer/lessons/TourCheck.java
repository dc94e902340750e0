package dev.neurite.explorer.lessons;

import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.schedule.ConstantSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks among the runs for those that do the steps of the tour, and says what came of them. Only
 * runs count that learned from the data that is chosen, for others cannot be compared.
 */
public final class TourCheck {
  private static final List<Integer> SIMPLE = List.of(128);
  private static final List<Integer> WIDE = List.of(512);
  private static final double POINTS = 100;

  private final Session session;

  /** Looks there. */
  public TourCheck(Session session) {
    this.session = session;
  }

  /** The newest run that does a step as it is meant, to its end. */
  public Optional<Run> doneBy(TourStep step) {
    return attempts(step)
        .filter(r -> isOver(r) && shortcoming(step, r).isEmpty())
        .reduce((a, b) -> b);
  }

  /** The run that does a step just now. */
  public Optional<Run> runningFor(TourStep step) {
    return attempts(step).filter(r -> r.state().isActive()).findFirst();
  }

  /**
   * What came of a step: of the run that does it, or else why the newest attempt does not count.
   */
  public String news(TourStep step) {
    Optional<Run> running = runningFor(step);
    if (running.isPresent()) {
      return Texts.format(
          "lessons.running",
          running.get().name(),
          Math.min(
              running.get().history().size() + 1, running.get().experiment().training().epochs()),
          running.get().experiment().training().epochs());
    }
    return doneBy(step)
        .map(run -> happened(step, run))
        .or(() -> attempts(step).reduce((a, b) -> b).map(run -> shortcoming(step, run)))
        .orElse("");
  }

  private Stream<Run> attempts(TourStep step) {
    return session.runs().stream()
        .filter(r -> r.experiment().data().equals(session.dataKind()))
        .filter(
            r ->
                switch (step) {
                  case SIMPLE -> r.pruning() == null && hidden(r).equals(SIMPLE);
                  case WIDE -> r.pruning() == null && hidden(r).equals(WIDE);
                  case PRUNE -> r.pruning() != null;
                });
  }

  private static List<Integer> hidden(Run run) {
    List<DenseSpec> layers = run.experiment().model().denseLayers();
    return layers.subList(0, layers.size() - 1).stream().map(DenseSpec::units).toList();
  }

  private static boolean isOver(Run run) {
    return Set.of(RunState.COMPLETED, RunState.STOPPED_EARLY).contains(run.state());
  }

  /** Why a run does not count for a step; empty if it does, or would if it were over. */
  private String shortcoming(TourStep step, Run run) {
    if (!run.state().isActive() && !isOver(run)) {
      return Texts.format("lessons.not." + run.state().name().toLowerCase(Locale.ROOT), run.name());
    }
    return switch (step) {
      case SIMPLE -> "";
      case WIDE -> isSmart(run.experiment()) ? "" : Texts.format("lessons.not.smart", run.name());
      case PRUNE -> isOfWide(run) ? "" : Texts.format("lessons.not.wide", run.name());
    };
  }

  /** With dropout, and at a rate that changes. */
  private static boolean isSmart(Experiment experiment) {
    return !(experiment.training().schedule() instanceof ConstantSchedule)
        && experiment.model().layers().stream().anyMatch(DropoutSpec.class::isInstance);
  }

  /** Whether a run prunes Wide, or what was pruned of it before. */
  private boolean isOfWide(Run run) {
    Optional<Run> ancestor = Optional.of(run);
    while (ancestor.isPresent() && ancestor.get().pruning() != null) {
      RunId parent = ancestor.get().pruning().order().parent();
      ancestor = session.run(parent);
    }
    return ancestor
        .filter(r -> hidden(r).equals(WIDE) && isSmart(r.experiment()) && isOver(r))
        .isPresent();
  }

  private String happened(TourStep step, Run run) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        Texts.format(
            "lessons.happened." + step.name().toLowerCase(Locale.ROOT),
            run.name(),
            Figures.percent(accuracy(run)),
            Figures.count(run.nonZeroParameters()),
            Figures.percent(run.sparsity())));
    if (step != TourStep.SIMPLE) {
      doneBy(TourStep.SIMPLE).ifPresent(simple -> sentences.add(compared(run, simple)));
    }
    if (step == TourStep.PRUNE) {
      doneBy(TourStep.WIDE).ifPresent(wide -> sentences.add(compared(run, wide)));
    }
    return String.join(" ", sentences);
  }

  private static String compared(Run run, Run other) {
    double points = POINTS * (accuracy(run) - accuracy(other));
    String key =
        Math.abs(points) < 0.005
            ? "lessons.compared.same"
            : points > 0 ? "lessons.compared.better" : "lessons.compared.worse";
    return Texts.format(
        key,
        other.name(),
        String.format(Locale.ROOT, "%.2f", Math.abs(points)),
        String.format(
            Locale.ROOT, "%.1f", run.nonZeroParameters() / (double) other.nonZeroParameters()));
  }

  private static double accuracy(Run run) {
    return run.bestValidationAccuracy().orElse(Double.NaN);
  }
}
