package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings under which a published network can be trained again, with the error to expect; read
 * from a file beside this class.
 *
 * @param name for {@code --recipe}
 * @param paper where the network was published
 * @param network the network in a few words
 * @param paperErrorPercent test error of the paper in percent, NaN if there is none
 * @param expectedErrorPercent largest test error to expect in percent
 * @param measured what a whole run of the recipe with this program came to, or null if none was run
 * @param note where the settings differ from the paper's, may be empty
 * @param settings options of {@code nn train} without dashes, and their values
 * @param prune options of {@code nn prune} for the trained network, empty for none
 */
record Recipe(
    String name,
    String paper,
    String network,
    double paperErrorPercent,
    double expectedErrorPercent,
    @Nullable Measurement measured,
    String note,
    Map<String, String> settings,
    Map<String, String> prune) {
  /**
   * A whole run of a recipe with this program.
   *
   * @param testErrorPercent test error in percent
   * @param prunedTestErrorPercent test error after pruning in percent, NaN for recipes that do not
   *     prune
   * @param seed of the run
   * @param date of the run, for example {@code 2026-11-26}
   */
  record Measurement(
      double testErrorPercent, double prunedTestErrorPercent, long seed, String date) {}

  private static final List<String> NAMES =
      List.of(
          "lecun-1998-300",
          "simard-2003-800",
          "simard-2003-800-elastic",
          "srivastava-2014",
          "ciresan-2010-small",
          "han-2015",
          "explorer-best");
  private static final String OPTION = "--recipe";

  /** Settings that take another one's place when it is given by hand. */
  private static final Map<String, String> EXCLUDES = Map.of("layers", "--preset");

  /** Keeps the settings as they are. */
  Recipe {
    settings = Map.copyOf(settings);
    prune = Map.copyOf(prune);
  }

  /** All recipes. */
  static List<Recipe> all() {
    return NAMES.stream().map(Recipe::read).toList();
  }

  /**
   * A recipe.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Recipe named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "--recipe must be one of %s, received %s".formatted(String.join(", ", NAMES), name));
    }
    return read(name);
  }

  private static Recipe read(String name) {
    String file = "recipe-" + name + ".json";
    try (InputStream in = Recipe.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + file);
      }
      JsonNode node = new ObjectMapper().readTree(in);
      return new Recipe(
          node.path("name").asText(),
          node.path("paper").asText(),
          node.path("network").asText(),
          node.path("paperErrorPercent").asDouble(Double.NaN),
          node.path("expectedErrorPercent").asDouble(Double.NaN),
          measurement(node.path("measured")),
          node.path("note").asText(),
          texts(node.path("settings")),
          texts(node.path("prune")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Measurement measurement(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new Measurement(
            node.path("testErrorPercent").asDouble(Double.NaN),
            node.path("prunedTestErrorPercent").asDouble(Double.NaN),
            node.path("seed").asLong(),
            node.path("date").asText());
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  /**
   * A command line with the settings of the recipe that it names; what it sets itself stays.
   *
   * @param words the words after {@code nn}
   * @return the same words where no known recipe is named in {@code nn train}
   */
  static String[] expand(String... words) {
    String name = words.length > 0 && words[0].equals("train") ? nameIn(words) : null;
    if (name == null || !NAMES.contains(name)) {
      return words;
    }
    List<String> all = new ArrayList<>(List.of(words));
    new TreeMap<>(read(name).settings())
        .forEach(
            (key, value) -> {
              String excluding = EXCLUDES.get(key);
              if (!isGiven(words, "--" + key)
                  && (excluding == null || !isGiven(words, excluding))) {
                all.add("--" + key + "=" + value);
              }
            });
    return all.toArray(String[]::new);
  }

  private static @Nullable String nameIn(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (words[i].startsWith(OPTION + "=")) {
        return words[i].substring(OPTION.length() + 1);
      }
      if (words[i].equals(OPTION) && i + 1 < words.length) {
        return words[i + 1];
      }
    }
    return null;
  }

  private static boolean isGiven(String[] words, String option) {
    for (String word : words) {
      if (word.equals(option) || word.startsWith(option + "=")) {
        return true;
      }
    }
    return false;
  }

  /** The error to expect, that of the paper and that of this program, told apart. */
  String errors() {
    StringBuilder text =
        new StringBuilder("expected error at most %.2f %%".formatted(expectedErrorPercent));
    if (!Double.isNaN(paperErrorPercent)) {
      text.append("; the paper's %.2f %%".formatted(paperErrorPercent));
    }
    if (measured == null) {
      return text.append("; not measured with this program yet").toString();
    }
    text.append("; measured with this program %.2f %%".formatted(measured.testErrorPercent()));
    if (!Double.isNaN(measured.prunedTestErrorPercent())) {
      text.append(", pruned %.2f %%".formatted(measured.prunedTestErrorPercent()));
    }
    return text.append(" (seed %d, %s)".formatted(measured.seed(), measured.date())).toString();
  }

  /** What to say after the training: the errors to compare with and what comes next. */
  String ending(@Nullable Path model) {
    String expected = "Recipe %s: %s".formatted(name, errors());
    if (prune.isEmpty()) {
      return expected;
    }
    String options =
        new TreeMap<>(prune)
            .entrySet().stream()
                .map(e -> "--" + e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(" "));
    return "%s%nGo on with: nn prune %s %s --out pruned.safetensors"
        .formatted(expected, model == null ? "FILE" : model, options);
  }
}
