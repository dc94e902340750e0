package dev.neurite.mnist.dropin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the classes of well-known data are called. */
public final class ClassNames {
  private static final List<String> FASHION =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  private static final List<String> KMNIST =
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo");

  /** EMNIST "balanced" and "bymerge" keep only those small letters that differ from capitals. */
  private static final String DIFFERENT_SMALL_LETTERS = "abdefghnqrt";

  private ClassNames() {}

  /**
   * The names for data that is called so: those of Fashion-MNIST, KMNIST or EMNIST if the words
   * {@code fashion}, {@code kmnist} or {@code emnist} occur in its name and the number of classes
   * fits, else the numbers from 0 on.
   *
   * @param dataName for example a directory
   * @param classes number of classes
   */
  public static List<String> of(String dataName, int classes) {
    String name = dataName.toLowerCase(Locale.ROOT);
    List<String> names = numbers(classes);
    if (name.contains("fashion")) {
      names = FASHION;
    } else if (name.contains("kmnist")) {
      names = KMNIST;
    } else if (name.contains("emnist")) {
      names = emnist(classes);
    }
    return names.size() == classes ? names : numbers(classes);
  }

  /** Whether these are the digits 0...9, which need not be told. */
  public static boolean areDigits(List<String> names) {
    return names.equals(numbers(10));
  }

  private static List<String> emnist(int classes) {
    return switch (classes) {
      case 26 -> characters('A', 'Z');
      case 47 -> {
        List<String> names = new ArrayList<>(numbers(10));
        names.addAll(characters('A', 'Z'));
        DIFFERENT_SMALL_LETTERS.chars().forEach(c -> names.add(Character.toString(c)));
        yield List.copyOf(names);
      }
      case 62 -> {
        List<String> names = new ArrayList<>(numbers(10));
        names.addAll(characters('A', 'Z'));
        names.addAll(characters('a', 'z'));
        yield List.copyOf(names);
      }
      default -> numbers(classes);
    };
  }

  private static List<String> characters(char from, char to) {
    return IntStream.rangeClosed(from, to).mapToObj(Character::toString).toList();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
