package dev.neurite.mnist.experiment;

import java.util.Locale;

/** The networks that an experiment compares, in the order they are trained. */
public enum Contender {
  /** One hidden layer of 128 units. */
  SIMPLE("Simple"),
  /** One hidden layer of 512 units. */
  WIDE("Wide"),
  /** Wide, pruned to the number of parameters of Simple and trained again. */
  PRUNED("Pruned Wide");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
