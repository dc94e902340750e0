package dev.neurite.mnist.sweep;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what to sweep from a JSON file.
 *
 * <pre>{@code
 * {"settings": {"epochs": 5, "schedule": "cosine"},
 *  "grid": {"lr": [0.001, 0.003], "layers": [128, [256, 128]]},
 *  "seeds": 3}
 * }</pre>
 *
 * <p>In place of the grid, a random search:
 *
 * <pre>{@code
 * "random": {"trials": 20, "seed": 1,
 *            "ranges": {"lr": {"log-uniform": [1e-4, 1e-2]}, "dropout": {"uniform": [0, 0.5]},
 *                       "batch": {"integers": [32, 256]}, "optimizer": {"choices": ["adam", "sgd"]}}}
 * }</pre>
 *
 * <p>A value is a text, a number or a list of them, which stands for the same words with commas.
 */
public final class SweepFile {
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_EXPONENT = 40;
  private static final long DEFAULT_SEED = 1;
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private SweepFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no sweep
   */
  public static SweepSpec read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a sweep file has at most %,d bytes, received %,d"
              .formatted(MAX_BYTES, Files.size(file)));
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "no JSON: %s (line %d)"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          e);
    }
    requireKeys("a sweep file", root, "settings", "grid", "random", "seeds");
    if (root.has("grid") == root.has("random")) {
      throw new IllegalArgumentException(
          "a sweep file needs either grid or random, received "
              + (root.has("grid") ? "both" : "neither"));
    }
    Map<String, String> fixed =
        root.has("settings") ? named("settings", root.get("settings"), SweepFile::value) : Map.of();
    int seeds = root.has("seeds") ? wholeInt("seeds", root.get("seeds")) : 1;
    Search search =
        root.has("grid")
            ? new Search.Grid(named("grid", root.get("grid"), SweepFile::values))
            : draws(root.get("random"));
    return new SweepSpec(fixed, search, seeds);
  }

  private static Search draws(JsonNode node) {
    requireKeys("random", node, "trials", "seed", "ranges");
    if (!node.has("trials") || !node.has("ranges")) {
      throw new IllegalArgumentException("random needs trials and ranges, received " + node);
    }
    return new Search.Draws(
        wholeInt("trials", node.get("trials")),
        node.has("seed") ? whole("seed", node.get("seed")) : DEFAULT_SEED,
        named("ranges", node.get("ranges"), SweepFile::range));
  }

  private static ValueRange range(JsonNode node) {
    if (!node.isObject() || node.size() != 1) {
      throw new IllegalArgumentException(
          "needs one of uniform, log-uniform, integers and choices, received " + node);
    }
    String kind = node.fieldNames().next();
    JsonNode ends = node.get(kind);
    return switch (kind) {
      case "uniform" -> new ValueRange.Uniform(number(ends, 0), number(ends, 1));
      case "log-uniform" -> new ValueRange.LogUniform(number(ends, 0), number(ends, 1));
      case "integers" ->
          new ValueRange.Integers(wholeInt(kind, end(ends, 0)), wholeInt(kind, end(ends, 1)));
      case "choices" -> new ValueRange.Choices(values(ends));
      default ->
          throw new IllegalArgumentException(
              "needs one of uniform, log-uniform, integers and choices, received " + kind);
    };
  }

  private static JsonNode end(JsonNode ends, int index) {
    if (!ends.isArray() || ends.size() != 2) {
      throw new IllegalArgumentException(
          "needs a list of two numbers, the smaller one first; received " + ends);
    }
    return ends.get(index);
  }

  private static double number(JsonNode ends, int index) {
    JsonNode end = end(ends, index);
    if (!end.isNumber()) {
      throw new IllegalArgumentException("needs numbers, received " + end);
    }
    return end.asDouble();
  }

  private static long whole(String name, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException(name + " must be a whole number, received " + node);
    }
    return node.asLong();
  }

  private static int wholeInt(String name, JsonNode node) {
    long value = whole(name, node);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          name + " must be a whole number of 32 bits, received " + value);
    }
    return (int) value;
  }

  private static void requireKeys(String what, JsonNode node, String... keys) {
    if (node == null || !node.isObject()) {
      throw new IllegalArgumentException(
          "%s is an object with %s; received %s"
              .formatted(what, String.join(", ", keys), node == null ? "nothing" : node));
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!List.of(keys).contains(name)) {
        throw new IllegalArgumentException(
            "%s knows %s; received %s".formatted(what, String.join(", ", keys), name));
      }
    }
  }

  private static <T> Map<String, T> named(
      String what, JsonNode node, Function<JsonNode, T> reader) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "%s must be an object of settings, received %s".formatted(what, node));
    }
    Map<String, T> all = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            field -> {
              try {
                all.put(field.getKey(), reader.apply(field.getValue()));
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                    "%s: %s: %s".formatted(what, field.getKey(), e.getMessage()), e);
              }
            });
    return all;
  }

  private static List<String> values(JsonNode node) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("needs a list of values, received " + node);
    }
    List<String> values = new ArrayList<>();
    node.forEach(value -> values.add(value(value)));
    return values;
  }

  /** A value as it is typed on the command line. */
  private static String value(JsonNode node) {
    if (node.isArray()) {
      return values(node).stream().collect(Collectors.joining(","));
    }
    if (node.isTextual()) {
      return node.asText();
    }
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue().stripTrailingZeros();
      boolean plain = Math.abs((long) number.precision() - number.scale()) < MAX_EXPONENT;
      return plain ? number.toPlainString() : number.toString();
    }
    throw new IllegalArgumentException("a value is a text or a number, received " + node);
  }
}
