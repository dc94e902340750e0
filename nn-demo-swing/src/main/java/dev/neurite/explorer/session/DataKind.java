package dev.neurite.explorer.session;

import dev.neurite.mnist.dropin.ClassNames;
import dev.neurite.mnist.dropin.NamedData;
import java.util.List;

/**
 * Which images a run learns from.
 *
 * @param name as records name them: {@code mnist}, {@code fashion}, {@code kmnist}, {@code
 *     synthetic} or a directory
 * @param classNames what the classes are called, in their order
 */
public record DataKind(String name, List<String> classNames) {
  private static final int USUAL_CLASSES = 10;

  /** The digits of MNIST. */
  public static final DataKind MNIST = named(NamedData.MNIST);

  /** Copies the names. */
  public DataKind {
    classNames = List.copyOf(classNames);
  }

  /** What is to be expected of data that is not read yet: ten classes. */
  public static DataKind named(String name) {
    return new DataKind(name, ClassNames.of(name, USUAL_CLASSES));
  }
}
