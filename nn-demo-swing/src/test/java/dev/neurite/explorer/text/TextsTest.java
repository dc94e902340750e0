package dev.neurite.explorer.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.compare.RunRow;
import dev.neurite.explorer.config.AugmentationChoice;
import dev.neurite.explorer.lessons.TourStep;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.mnist.preset.NetworkPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Pattern LITERAL =
      Pattern.compile("\"([a-z][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)+)\"");

  private final Set<String> keys =
      new TreeSet<>(ResourceBundle.getBundle("dev.neurite.explorer.texts", Locale.ROOT).keySet());

  @Test
  void everyTextIsUsedAndEveryUsedTextIsThere() throws IOException {
    Set<String> used = new TreeSet<>();
    Set<String> rooms = new TreeSet<>();
    keys.forEach(key -> rooms.add(key.substring(0, key.indexOf('.'))));
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = LITERAL.matcher(Files.readString(file));
        while (matcher.find()) {
          String room = matcher.group(1).substring(0, matcher.group(1).indexOf('.'));
          if (rooms.contains(room)) {
            used.add(matcher.group(1));
          }
        }
      }
    }
    for (String button : new String[] {"start", "queue", "pause", "step", "stop"}) {
      used.add("training." + button + ".help");
    }
    for (String button : List.of("load", "rename", "delete", "undo", "open", "import", "export")) {
      used.add("library." + button + ".help");
    }
    for (String tool : List.of("pen", "eraser", "undo", "redo", "brush", "blur", "rival")) {
      used.add("testbench." + tool + ".help");
    }
    for (String data : List.of("mnist", "fashion", "kmnist", "synthetic")) {
      used.add("data.name." + data);
    }
    for (NetworkPreset preset : NetworkPreset.values()) {
      used.add("config.help.preset." + preset);
    }
    for (AugmentationChoice choice : AugmentationChoice.values()) {
      used.add("config.augmentation." + choice.name().toLowerCase(Locale.ROOT));
    }
    for (TourStep step : TourStep.values()) {
      for (String part : List.of("step", "text", "begin", "happened")) {
        used.add("lessons." + part + "." + step.name().toLowerCase(Locale.ROOT));
      }
    }
    for (String end : List.of("cancelled", "diverged", "failed")) {
      used.add("lessons.not." + end);
    }
    for (String page : List.of("dropout", "schedules", "pruning", "overfitting")) {
      used.add("lessons.page." + page);
      used.add("lessons.page." + page + ".text");
    }
    for (Keys keys : Keys.values()) {
      used.add("keys." + keys.name().toLowerCase(Locale.ROOT));
    }
    for (Keys.Place place : Keys.Place.values()) {
      used.add("keys.place." + place.name().toLowerCase(Locale.ROOT));
    }
    for (String key :
        "space ctrl shift right up down tab enter insert delete back_space escape".split(" ", -1)) {
      used.add("keys.key." + key);
    }
    for (RunState state : RunState.values()) {
      used.add("state." + state.name().toLowerCase(Locale.ROOT));
    }
    for (String setting :
        List.of(
            "data",
            "layers",
            "parameters",
            "optimizer",
            "rate",
            "schedule",
            "epochs",
            "batchSize",
            "labelSmoothing",
            "augmentation",
            "seed")) {
      used.add("compare.setting." + setting);
    }
    for (RunRow.Column column : RunRow.Column.values()) {
      used.add("compare.column." + column.name().toLowerCase(Locale.ROOT));
    }
    assertThat(used).isEqualTo(keys).hasSizeGreaterThan(100);
  }

  @Test
  void patternsSurviveFormatting() {
    for (String key : keys) {
      String text = Texts.format(key, 1, 2, 3, 4);
      assertThat(text).as(key).doesNotContain("{").isNotBlank();
      assertThat(Texts.get(key)).as(key).doesNotContain("'");
    }
  }

  @Test
  void figuresReadTheSameEverywhere() {
    assertThat(Figures.percent(0.98123)).isEqualTo("98.12 %");
    assertThat(Figures.percent(Double.NaN)).isEqualTo("–");
    assertThat(Figures.percentNumber(1)).isEqualTo("100.00");
    assertThat(Figures.count(101_770)).isEqualTo("101,770");
    assertThat(Figures.loss(0.12345)).isEqualTo("0.1235");
    assertThat(Figures.rate(0.005)).isEqualTo("0.005");
    assertThat(Figures.rate(0.1)).isEqualTo("0.1");
    assertThat(Figures.rate(10)).isEqualTo("10");
    assertThat(Figures.rate(1e-9)).isEqualTo("1.0e-09");
    assertThat(Figures.duration(0.84)).isEqualTo("0.8 s");
    assertThat(Figures.duration(59.6)).isEqualTo("1 min 00 s");
    assertThat(Figures.duration(3725)).isEqualTo("1 h 02 min");
    assertThat(Figures.duration(-1)).isEqualTo("–");
    assertThat(Figures.bytes(9_912_422)).isEqualTo("9.9 MB");
  }
}
