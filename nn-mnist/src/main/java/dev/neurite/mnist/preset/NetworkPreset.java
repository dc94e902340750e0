package dev.neurite.mnist.preset;

import java.util.List;
import java.util.Locale;

/** Named hidden layers. */
public enum NetworkPreset {
  /** One hidden layer of 128 units. */
  SIMPLE(List.of(128)),
  /** Three hidden layers: 128, 64 and 32 units. */
  DEEP(List.of(128, 64, 32)),
  /** One hidden layer of 512 units. */
  WIDE(List.of(512));

  private final List<Integer> hiddenUnits;

  NetworkPreset(List<Integer> hiddenUnits) {
    this.hiddenUnits = hiddenUnits;
  }

  /** Units of the hidden layers, from the input on. */
  public List<Integer> hiddenUnits() {
    return hiddenUnits;
  }

  /** The name for people, for example {@code Simple}. */
  public String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
