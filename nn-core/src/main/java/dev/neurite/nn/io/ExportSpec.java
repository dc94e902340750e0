package dev.neurite.nn.io;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What an exported file says beside the network, for those who use it elsewhere.
 *
 * @param name of the network, for example {@code digits}; not empty
 * @param inputs what the inputs are, in words
 * @param inputScale what raw inputs (bytes of a picture) are multiplied by before they go in;
 *     finite and above 0, 1 if they go in as they are
 * @param classNames a name for each output in order, no two alike; empty if there are none
 */
public record ExportSpec(String name, String inputs, double inputScale, List<String> classNames) {
  /** Checks the values. */
  public ExportSpec {
    Objects.requireNonNull(inputs, "inputs");
    classNames = List.copyOf(classNames);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a name is needed, received a blank one");
    }
    if (!(inputScale > 0 && inputScale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "inputScale must be a finite number above 0, received " + inputScale);
    }
    if (new HashSet<>(classNames).size() < classNames.size()) {
      throw new IllegalArgumentException("classNames must differ, received " + classNames);
    }
  }

  /** Inputs as they are and outputs without names. */
  public static ExportSpec named(String name) {
    return new ExportSpec(name, "numbers as they are", 1, List.of());
  }

  /** Pictures in shades of grey, row after row, pixels of 0...1. */
  public static ExportSpec pictures(String name, List<String> classNames) {
    return new ExportSpec(
        name, "pixels of 0 (paper) to 1 (ink), row after row", 1 / 255.0, classNames);
  }

  /** Checks that there are as many names as outputs. */
  void requireFits(int outputs) {
    if (!classNames.isEmpty() && classNames.size() != outputs) {
      throw new IllegalArgumentException(
          "%d class names were given, the network has %d outputs"
              .formatted(classNames.size(), outputs));
    }
  }
}
