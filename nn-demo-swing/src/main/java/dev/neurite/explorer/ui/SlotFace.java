package dev.neurite.explorer.ui;

import java.util.List;

/**
 * What a slot shows.
 *
 * @param pixels 28×28, empty for none
 * @param answer the digit it is taken for; empty before a network was asked
 * @param confidence how surely, for example {@code 98 %}
 * @param verdict whether that is right
 * @param description all of it for a screen reader
 */
public record SlotFace(
    List<Float> pixels, String answer, String confidence, Verdict verdict, String description) {
  /** Whether an answer is right. */
  public enum Verdict {
    /** Nobody was asked, or nobody knows. */
    UNKNOWN,
    /** It is. */
    RIGHT,
    /** It is not. */
    WRONG
  }
}
