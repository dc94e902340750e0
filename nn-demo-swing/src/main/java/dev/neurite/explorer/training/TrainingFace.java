package dev.neurite.explorer.training;

import java.util.Set;

/**
 * All that the training panel says in words and figures.
 *
 * @param mood what kind of news it is
 * @param title which run, and how it is
 * @param message what that means and what to do, in plain words
 * @param commands what can be asked now
 * @param startHint why training cannot be started, or what starting does
 * @param progress of the active run or the one looked at, 0 to 1
 * @param progressText the same in words
 * @param figures the large figures
 */
public record TrainingFace(
    Mood mood,
    String title,
    String message,
    Set<Command> commands,
    String startHint,
    double progress,
    String progressText,
    TrainingFigures figures) {
  /** Kinds of news; each has a colour and a sign. */
  public enum Mood {
    /** Nothing has been trained yet. */
    EMPTY,
    /** It trains. */
    RUNNING,
    /** It waits. */
    PAUSED,
    /** It is done. */
    DONE,
    /** The user stopped it. */
    STOPPED,
    /** It went wrong. */
    WRONG
  }

  /** Copies the commands. */
  public TrainingFace {
    commands = Set.copyOf(commands);
  }
}
