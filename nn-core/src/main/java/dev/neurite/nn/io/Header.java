package dev.neurite.nn.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a file of ours: its kind and version, and values as JSON. */
final class Header {
  /** Key of the kind and its version. */
  static final String FORMAT = "format";

  private final Map<String, String> texts;
  private final String file;

  /** An empty header for writing. */
  Header(String kind, int version) {
    texts = new LinkedHashMap<>();
    texts.put(FORMAT, kind + " " + version);
    file = "";
  }

  private Header(String file, Map<String, String> texts) {
    this.file = file;
    this.texts = texts;
  }

  /**
   * The header of a file that was read.
   *
   * @param latest the latest version that is read; all from 1 are
   * @throws ModelFormatException if the file is of another kind or of a later version
   */
  static Header of(String kind, int latest, Path file, Map<String, String> texts)
      throws ModelFormatException {
    String format = texts.getOrDefault(FORMAT, "");
    boolean known = false;
    for (int version = 1; version <= latest; version++) {
      known |= format.equals(kind + " " + version);
    }
    if (!known) {
      String problem =
          format.startsWith(kind + " ")
              ? "the file has the format \"%s\", this version reads \"%s\"; a newer version of the program may read it"
              : "the file has the format \"%s\", needed is \"%s\"";
      String needed = latest == 1 ? kind + " 1" : kind + " 1\" to \"" + kind + " " + latest;
      throw new ModelFormatException(file.toString(), 8, problem.formatted(format, needed));
    }
    return new Header(file.toString(), texts);
  }

  Map<String, String> texts() {
    return texts;
  }

  void put(String key, Object value) throws IOException {
    texts.put(key, Json.MAPPER.writeValueAsString(value));
  }

  /** A value that must be there. */
  <T> T get(String key, Class<T> type) throws ModelFormatException {
    T value = find(key, type);
    if (value == null) {
      throw new ModelFormatException(file, 8, "the metadata lacks \"%s\"".formatted(key));
    }
    return value;
  }

  /** A value, or null if it is not there. */
  <T> @Nullable T find(String key, Class<T> type) throws ModelFormatException {
    String text = texts.get(key);
    if (text == null) {
      return null;
    }
    try {
      return Json.MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ModelFormatException(
          file,
          8,
          "metadata \"%s\" is not valid: %s"
              .formatted(
                  key,
                  cause instanceof JsonProcessingException json
                      ? json.getOriginalMessage()
                      : cause.getMessage()));
    }
  }
}
