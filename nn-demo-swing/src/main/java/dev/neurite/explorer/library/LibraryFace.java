package dev.neurite.explorer.library;

/**
 * What the panel says in words.
 *
 * @param mood what kind of news it is
 * @param message the news
 * @param details to copy where something went wrong; else empty
 * @param saveText what the save button says
 * @param canSave whether there is a network to save
 * @param canUndo whether a deleted model can come back
 */
public record LibraryFace(
    Mood mood, String message, String details, String saveText, boolean canSave, boolean canUndo) {
  /** Kinds of news; each has a colour and a sign. */
  public enum Mood {
    /** It is being read. */
    LOADING,
    /** Nothing is kept yet. */
    EMPTY,
    /** All is well. */
    READY,
    /** Something was done. */
    DONE,
    /** Something went wrong. */
    WRONG
  }
}
