package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as it was when its program ended.
 *
 * @param configuration the form, in words that only its room understands; empty if there are none
 * @param selected number of the run that was looked at, 0 for none
 * @param runs in the order of their numbers
 * @param queue the experiments that waited, in their order
 * @param problems why some runs cannot be read
 */
public record SavedSession(
    String configuration,
    int selected,
    List<SavedRun> runs,
    List<Experiment> queue,
    List<String> problems) {
  /** Nothing. */
  public static final SavedSession EMPTY = new SavedSession("", 0, List.of(), List.of(), List.of());

  /**
   * A run.
   *
   * @param run as it was
   * @param checkpoint where it can go on if it was interrupted, else null
   */
  public record SavedRun(Run run, @Nullable Checkpoint checkpoint) {}

  /** Copies the lists. */
  public SavedSession {
    runs = List.copyOf(runs);
    queue = List.copyOf(queue);
    problems = List.copyOf(problems);
  }
}
