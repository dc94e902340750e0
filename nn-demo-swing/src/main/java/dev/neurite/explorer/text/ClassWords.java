package dev.neurite.explorer.text;

import dev.neurite.mnist.dropin.ClassNames;
import java.util.ArrayList;
import java.util.List;

/**
 * How classes are spoken of: digits with an article, names as they are.
 *
 * @param names what the classes are called, in their order
 */
public record ClassWords(List<String> names) {
  /** The digits 0...9. */
  public static final ClassWords DIGITS = new ClassWords(ClassNames.of("", 10));

  /** Copies the names. */
  public ClassWords {
    names = List.copyOf(names);
  }

  /** Number of classes. */
  public int size() {
    return names.size();
  }

  /** Whether these are the digits 0...9. */
  public boolean areDigits() {
    return ClassNames.areDigits(names);
  }

  /** The name of a class; its number if it has none. */
  public String name(int index) {
    return index >= 0 && index < names.size() ? names.get(index) : String.valueOf(index);
  }

  /** The class within a sentence: {@code a 7}, {@code an 8}, {@code Trouser}. */
  public String phrase(int index) {
    if (!areDigits()) {
      return name(index);
    }
    return Texts.format(index == 8 ? "class.digit.vowel" : "class.digit", name(index));
  }

  /** What a picture of these classes is called: a digit, or just a picture. */
  public String thing() {
    return Texts.get(areDigits() ? "class.thing.digit" : "class.thing.picture");
  }

  /** The shortest beginnings of the names that tell them apart, for where there is no room. */
  public List<String> marks() {
    List<String> marks = new ArrayList<>();
    for (String name : names) {
      int length = 1;
      while (length < name.length() && isAmbiguous(name.substring(0, length))) {
        length++;
      }
      marks.add(name.substring(0, Math.min(length, name.length())));
    }
    return marks;
  }

  private boolean isAmbiguous(String beginning) {
    return names.stream().filter(n -> n.startsWith(beginning)).count() > 1;
  }
}
