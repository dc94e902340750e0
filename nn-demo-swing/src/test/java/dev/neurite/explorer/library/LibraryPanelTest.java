package dev.neurite.explorer.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.library.LibraryFace.Mood;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryPanelTest {
  private static final int WIDTH = 700;
  private static final int HEIGHT = 600;

  private final EventThreadRule rule = EventThreadRule.install();

  @AfterEach
  void onlyTheEventThreadTouchedSwing() {
    assertThat(rule.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void emptyFullAndBrokenArePainted(Theme theme, int scale) {
    LibraryPanel panel =
        Painting.onEventThread(
            () -> {
              theme.apply();
              return new LibraryPanel();
            });
    int moods = 0;
    for (Mood mood : Mood.values()) {
      Painting.run(
          () -> {
            panel.showRows(List.of());
            panel.showFace(face(mood));
          });
      BufferedImage image = paint(panel, scale);
      Color sign =
          switch (mood) {
            case LOADING, EMPTY -> theme.palette().faint();
            case READY -> theme.palette().accent();
            case DONE -> theme.palette().good();
            case WRONG -> theme.palette().bad();
          };
      assertThat(Painting.count(image, sign, 0, 30 * scale, 40 * scale, 40 * scale))
          .as("the sign of %s", mood)
          .isGreaterThan(10);
      moods++;
    }
    assertThat(moods).isEqualTo(5);
    BufferedImage empty = paint(panel, scale);
    Painting.run(() -> panel.showRows(List.of(row("a"), row("b"))));
    BufferedImage full = paint(panel, scale);
    Color curve = theme.palette().validation();
    assertThat(Painting.count(full, curve))
        .as("two small curves")
        .isGreaterThan(Painting.count(empty, curve) + 60 * scale);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "DARK, 2"})
  void theOfferIsHiddenUntilThereIsOne(Theme theme, int scale) {
    RecoveryPanel panel =
        Painting.onEventThread(
            () -> {
              theme.apply();
              return new RecoveryPanel();
            });
    assertThat(Painting.onEventThread(panel::isVisible)).isFalse();
    Painting.run(() -> panel.showOffer("3 Wide was interrupted", true, "hint"));
    assertThat(Painting.onEventThread(panel::isVisible)).isTrue();
    BufferedImage image = Painting.onEventThread(() -> Painting.paint(panel, 900, 40, scale));
    assertThat(Painting.count(image, theme.palette().warning())).isGreaterThan(20);
    Painting.run(() -> panel.showOffer("", false, ""));
    assertThat(Painting.onEventThread(panel::isVisible)).isFalse();
  }

  private static BufferedImage paint(LibraryPanel panel, int scale) {
    return Painting.onEventThread(() -> Painting.paint(panel, WIDTH, HEIGHT, scale));
  }

  private static LibraryFace face(Mood mood) {
    return new LibraryFace(
        mood, "A sentence.", mood == Mood.WRONG ? "details" : "", "Save 3 Wide", true, false);
  }

  private static LibraryRow row(String id) {
    return new LibraryRow(
        id,
        "Wide",
        "784-512-10",
        "41,175",
        "98.00 %",
        "205 kB",
        "2026-11-25",
        "3 Wide",
        "details",
        List.of(0.9, 0.95, 0.97, 0.98));
  }
}
