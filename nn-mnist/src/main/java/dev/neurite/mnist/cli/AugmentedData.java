package dev.neurite.mnist.cli;

import dev.neurite.mnist.augment.Augmentation;

/**
 * What a record says of the data of a run, so that a resumed run changes its images alike.
 *
 * @param data {@code mnist}, {@code synthetic} or a directory
 * @param augmentation how the training images are changed
 */
public record AugmentedData(String data, Augmentation augmentation) {
  private static final String SEPARATOR = " augmented by ";

  /** The inverse of {@link #text}. */
  public static AugmentedData of(String text) {
    int at = text.lastIndexOf(SEPARATOR);
    return at < 0
        ? new AugmentedData(text, Augmentation.NONE)
        : new AugmentedData(
            text.substring(0, at), Augmentation.of(text.substring(at + SEPARATOR.length())));
  }

  /** The data, and how it was changed if it was. */
  public String text() {
    return augmentation.isNone() ? data : data + SEPARATOR + augmentation;
  }
}
