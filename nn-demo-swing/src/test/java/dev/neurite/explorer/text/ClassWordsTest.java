package dev.neurite.explorer.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWordsTest {
  @Test
  void digitsHaveAnArticleAndNamesDoNot() {
    assertThat(ClassWords.DIGITS.phrase(7)).isEqualTo("a 7");
    assertThat(ClassWords.DIGITS.phrase(8)).isEqualTo("an 8");
    assertThat(ClassWords.DIGITS.thing()).isEqualTo("digit");
    assertThat(new ClassWords(TinyDigits.clothes().classNames()).thing()).isEqualTo("picture");
    ClassWords two = new ClassWords(List.of("cap", "hat"));
    assertThat(two.phrase(1)).isEqualTo("hat");
    assertThat(two.name(2)).as("a class without a name").isEqualTo("2");
  }

  @Test
  void marksAreTheShortestBeginningsThatTellTheNamesApart() {
    ClassWords words = new ClassWords(List.of("Shirt", "Sneaker", "Sandal", "Bag", "T", "Top"));
    assertThat(words.marks()).containsExactly("Sh", "Sn", "Sa", "B", "T", "To");
    assertThat(ClassWords.DIGITS.marks()).isEqualTo(ClassWords.DIGITS.names());
  }
}
