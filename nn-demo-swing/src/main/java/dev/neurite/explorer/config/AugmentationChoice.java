package dev.neurite.explorer.config;

import dev.neurite.explorer.text.Texts;
import dev.neurite.mnist.augment.Augmentation;
import java.util.Locale;

/** How the form lets training images be changed. */
public enum AugmentationChoice {
  /** As they are. */
  NONE(Augmentation.NONE),
  /** Turned, stretched, moved. */
  AFFINE(Augmentation.AFFINE),
  /** Bent like by another hand. */
  ELASTIC(Augmentation.ELASTIC),
  /** Both. */
  BOTH(Augmentation.BOTH);

  private final Augmentation augmentation;

  AugmentationChoice(Augmentation augmentation) {
    this.augmentation = augmentation;
  }

  /** The amounts. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** The name for people. */
  public String title() {
    return Texts.get("config.augmentation." + name().toLowerCase(Locale.ROOT));
  }
}
