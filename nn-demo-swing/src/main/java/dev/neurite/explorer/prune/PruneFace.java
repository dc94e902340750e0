package dev.neurite.explorer.prune;

/**
 * What the panel says in words.
 *
 * @param mood what kind of news it is
 * @param title which network
 * @param message what that means and what to do
 * @param canStart whether pruning can begin
 * @param startHint why it cannot, or what it does
 * @param canCancel whether a run that prunes is going on
 * @param progress of that run, 0 to 1; -1 if there is none
 * @param progressText the same in words
 * @param epochsProblem what is wrong with the number of epochs; empty for nothing
 */
public record PruneFace(
    Mood mood,
    String title,
    String message,
    boolean canStart,
    String startHint,
    boolean canCancel,
    double progress,
    String progressText,
    String epochsProblem) {
  /** Kinds of news; each has a colour and a sign. */
  public enum Mood {
    /** There is no network to prune. */
    EMPTY,
    /** It can begin; all is measured. */
    READY,
    /** It can begin; the curve is being measured. */
    MEASURING,
    /** A run prunes. */
    RUNNING,
    /** A run is done. */
    FINISHED,
    /** The user stopped it. */
    CANCELLED,
    /** It went wrong. */
    FAILED
  }
}
