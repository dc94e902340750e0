package dev.neurite.explorer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.neurite.mnist.dropin.NamedData;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A form in words, for the next session. */
public final class DraftWords {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private DraftWords() {}

  /** The words for a form. */
  public static String of(Draft draft) {
    try {
      return JSON.writeValueAsString(draft);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a form is plain values", e);
    }
  }

  /** Forms of earlier versions say nothing of it. */
  private static String data(Draft read) {
    return Objects.requireNonNullElse(read.data(), NamedData.MNIST);
  }

  /** Forms of earlier versions say nothing of it. */
  private static AugmentationChoice augmentation(Draft read) {
    return Objects.requireNonNullElse(read.augmentation(), AugmentationChoice.NONE);
  }

  /**
   * The form of words; fields that they lack are as in a new form.
   *
   * @return empty if they are no words of a form
   */
  public static Optional<Draft> read(String words) {
    if (words.isBlank()) {
      return Optional.empty();
    }
    try {
      Draft read = JSON.readValue(words, Draft.class);
      Map<Field.Kind, String> texts = new EnumMap<>(Field.Kind.class);
      texts.putAll(Draft.start(1).texts());
      texts.putAll(read.texts());
      return read.layers().size() > Draft.MAX_LAYERS
          ? Optional.empty()
          : Optional.of(
              new Draft(
                  read.layers(),
                  read.optimizer(),
                  read.schedule(),
                  augmentation(read),
                  data(read),
                  texts));
    } catch (JsonProcessingException | RuntimeException e) { // of a later version, or damaged
      return Optional.empty();
    }
  }
}
