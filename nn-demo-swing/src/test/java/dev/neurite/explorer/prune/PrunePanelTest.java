package dev.neurite.explorer.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.prune.PruneFace.Mood;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrunePanelTest {
  private static final int WIDTH = 700;
  private static final int HEIGHT = 620;

  private final EventThreadRule rule = EventThreadRule.install();

  @AfterEach
  void onlyTheEventThreadTouchedSwing() {
    assertThat(rule.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void everyStateIsPainted(Theme theme, int scale) {
    PrunePanel panel =
        Painting.onEventThread(
            () -> {
              theme.apply();
              PrunePanel made = new PrunePanel();
              made.showSettings(PruneSettings.start());
              made.showPreview(null, "");
              made.showResult(PruneResult.NONE);
              made.showCurve(List.of(), List.of(), 90, "");
              return made;
            });
    Color accent = theme.palette().accent();
    Color curve = theme.palette().validation();
    int moods = 0;
    for (Mood mood : Mood.values()) {
      Painting.run(() -> panel.showFace(face(mood)));
      BufferedImage image = paint(panel, scale);
      Color sign =
          switch (mood) {
            case EMPTY -> theme.palette().faint();
            case READY, RUNNING -> accent;
            case MEASURING -> curve;
            case FINISHED -> theme.palette().good();
            case CANCELLED -> theme.palette().warning();
            case FAILED -> theme.palette().bad();
          };
      assertThat(Painting.count(image, sign, 0, 0, 40 * scale, 40 * scale))
          .as("the sign of %s", mood)
          .isGreaterThan(10);
      moods++;
    }
    assertThat(moods).isEqualTo(7);
    Painting.run(() -> panel.showFace(face(Mood.READY)));
    BufferedImage empty = paint(panel, scale);
    Painting.run(
        () -> {
          panel.showPreview(
              new PrunePreview(
                  List.of(
                      new PrunePreview.Layer("dense1", 1000, 500),
                      new PrunePreview.Layer("dense2", 100, 100)),
                  TinyDigits.experiment(1).model(),
                  1110,
                  600,
                  4440,
                  3000,
                  true),
              "");
          panel.showCurve(List.of(0.0, 50.0, 99.0), List.of(98.0, 97.0, 20.0), 50, "97 % at 50 %");
          panel.showResult(
              new PruneResult("Wide", List.of(List.of("Test", "98 %", "50 %", "97 %"))));
        });
    BufferedImage full = paint(panel, scale);
    int half = bar(full, accent, scale);
    assertThat(half).as("bars of accent").isGreaterThan(bar(empty, accent, scale) + 100 * scale);
    assertThat(Painting.count(full, curve))
        .as("the curve")
        .isGreaterThan(Painting.count(empty, curve) + 100);
    Painting.run(
        () ->
            panel.showPreview(
                new PrunePreview(
                    List.of(
                        new PrunePreview.Layer("dense1", 1000, 10),
                        new PrunePreview.Layer("dense2", 100, 10)),
                    TinyDigits.experiment(1).model(),
                    1110,
                    30,
                    4440,
                    300,
                    true),
                ""));
    assertThat(bar(paint(panel, scale), accent, scale)).as("less is left").isLessThan(half / 4);
  }

  /** Pixels of a colour where the bars are. */
  private static int bar(BufferedImage image, Color color, int scale) {
    return Painting.count(
        image, color, 340 * scale, 100 * scale, (WIDTH - 340) * scale, 160 * scale);
  }

  private static BufferedImage paint(PrunePanel panel, int scale) {
    return Painting.onEventThread(() -> Painting.paint(panel, WIDTH, HEIGHT, scale));
  }

  private static PruneFace face(Mood mood) {
    boolean running = mood == Mood.RUNNING;
    return new PruneFace(
        mood,
        "Prune 3 Wide",
        "A sentence.",
        !running,
        "hint",
        running,
        running ? 0.4 : -1,
        running ? "Epoch 2 of 5" : "",
        "");
  }
}
