package dev.neurite.explorer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import org.junit.jupiter.api.Test;

class KeysTest {
  /** What Swing binds without our help. */
  private static final Set<Keys> OF_SWING = EnumSet.of(Keys.NEXT, Keys.RENAME);

  @Test
  void theListNamesOnlyKeysThatAreBoundAndNothingIsBoundBesideIt() throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("Keys.java")) {
          code.append(Files.readString(file));
        }
      }
    }
    assertThat(code).doesNotContain("KeyStroke", "getInputMap");
    for (Keys keys : Keys.values()) {
      boolean viaClipboard = keys == Keys.COPY || keys == Keys.PASTE;
      String use = viaClipboard ? "Keys.bindClipboard(" : "Keys." + keys + ".bind";
      boolean isGiven = code.indexOf("bind(Keys." + keys + ",") >= 0;
      assertThat(isGiven || code.indexOf(use) >= 0)
          .as("%s is bound", keys)
          .isEqualTo(!OF_SWING.contains(keys));
    }
  }

  @Test
  void keysAreCalledAsOnTheKeyboard() {
    assertThat(Keys.REDO.label()).isEqualTo("Ctrl+Y, Ctrl+Shift+Z");
    assertThat(Keys.DRAW.label()).isEqualTo("Shift+Arrows");
    assertThat(Keys.GO.label()).isEqualTo("Arrows");
    assertThat(Keys.LINE.label()).isEqualTo("1 … 6");
    assertThat(Keys.SHORTCUTS.label()).isEqualTo("?");
    assertThat(Keys.LOGARITHM.label()).isEqualTo("L");
    assertThat(Keys.HELP.label()).isEqualTo("F1");
    assertThat(Keys.WIPE.label()).isEqualTo("Delete, Backspace");
  }

  @Test
  void theFourArrowsGoWhereTheyPoint() {
    JPanel panel = new JPanel();
    List<String> steps = new ArrayList<>();
    Keys.GO.bindDirections(panel, (right, down) -> steps.add(right + " " + down));
    for (String key : List.of("LEFT", "RIGHT", "UP", "DOWN")) {
      KeyPress.press(panel, key);
    }
    assertThat(steps).containsExactly("-1 0", "1 0", "0 -1", "0 1");
    Keys.TRAIN.bind(panel, () -> steps.add("train"));
    assertThat(panel.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).keys())
        .containsExactly(KeyStroke.getKeyStroke("SPACE"));
  }
}
