package dev.neurite.explorer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.ui.LineChart.LineStyle;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.mnist.dropin.ClassNames;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.event.MouseEvent;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.swing.JPanel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knowm.xchart.style.markers.SeriesMarkers;

class ComponentPaintingTest {
  private final EventThreadRule rule = EventThreadRule.install();

  @BeforeEach
  void clear() {
    assertThat(rule.violations()).isEmpty();
  }

  @AfterEach
  void onlyTheEventThreadTouchedSwing() {
    assertThat(rule.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void barsAreAsLongAsTheirProbabilities(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          ProbabilityBars bars = new ProbabilityBars();
          BufferedImage empty = Painting.paint(bars, 260, 220, scale);
          assertThat(Painting.count(empty, theme.palette().accent())).isZero();

          List<Float> probabilities = new ArrayList<>(Collections.nCopies(10, 0f));
          probabilities.set(4, 0.75f);
          probabilities.set(9, 0.25f);
          bars.setProbabilities(probabilities, 4);
          BufferedImage image = Painting.paint(bars, 260, 220, scale);
          int row = 22 * scale;
          int winner =
              Painting.count(image, theme.palette().accent(), 0, 4 * row, 260 * scale, row);
          int second = Painting.count(image, theme.palette().faint(), 0, 9 * row, 180 * scale, row);
          assertThat(winner).isPositive();
          assertThat((double) second / winner).isBetween(0.25, 0.42); // a third, round corners
          assertThat(Painting.count(image, theme.palette().accent()))
              .as("no other bar has the accent")
              .isEqualTo(winner);
        });
  }

  @Test
  void ofManyClassesTheMostProbableHaveABar() {
    Painting.run(
        () -> {
          Theme.LIGHT.apply();
          ProbabilityBars bars = new ProbabilityBars();
          bars.setClasses(new ClassWords(ClassNames.of("emnist", 47)));
          List<Float> probabilities = new ArrayList<>(Collections.nCopies(47, 0.01f));
          probabilities.set(46, 0.5f);
          bars.setProbabilities(probabilities, 46);
          BufferedImage image = Painting.paint(bars, 260, 220, 1);
          Color accent = Theme.LIGHT.palette().accent();
          assertThat(Painting.count(image, accent, 0, 9 * 22, 260, 22)) // the last of ten rows
              .isPositive()
              .isEqualTo(Painting.count(image, accent));
        });
  }

  @Test
  void aNarrowPlaceCutsALongNameShort() {
    Painting.run(
        () -> {
          Theme.LIGHT.apply();
          FontMetrics metrics = new JPanel().getFontMetrics(Theme.font(1f, Font.PLAIN));
          int room = metrics.stringWidth("Ankle…");
          assertThat(PaintedComponent.fitted("Ankle boot", metrics, room)).isEqualTo("Ankle…");
          assertThat(PaintedComponent.fitted("Bag", metrics, room)).isEqualTo("Bag");
          assertThat(PaintedComponent.fitted("Bag", metrics, 0)).isEqualTo("…");
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void digitsAreSharpSquares(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          DigitView view = new DigitView();
          List<Float> pixels = new ArrayList<>(Collections.nCopies(784, 0f));
          pixels.set(10 * 28 + 5, 1f);
          view.setPixels(pixels);
          BufferedImage image = Painting.paint(view, 84, 84, scale);
          assertThat(Painting.count(image, Color.WHITE)).isEqualTo(9 * scale * scale);
          assertThat(image.getRGB(16 * scale, 31 * scale) & 0xFFFFFF).isEqualTo(0xFFFFFF);
          view.setPixels(List.of());
          assertThat(Painting.count(Painting.paint(view, 84, 84, scale), Color.WHITE)).isZero();
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void chartsShowEveryLineInItsColour(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          LineStyle faint = LineStyle.faint("batches", Palette::batch);
          LineStyle right = LineStyle.onTheRight("rate", Palette::rate);
          LineStyle train = LineStyle.marked("train", Palette::train, SeriesMarkers.CIRCLE);
          LineChart chart = new LineChart("Loss", List.of(faint, right, train));
          chart.setEmptyText("Nothing yet");
          BufferedImage empty = Painting.paint(chart, 360, 240, scale);
          assertThat(Painting.count(empty, theme.palette().train())).isZero();
          assertThat(Painting.count(empty, theme.palette().faint())).isGreaterThan(5); // the text

          chart.setLine(faint, List.of(0.1, 0.5, 1.0, 2.0), List.of(2.0, 0.5, 0.4, 0.3));
          chart.setLine(right, List.of(0.1, 1.0, 2.0), List.of(0.005, 0.003, 0.001));
          chart.setLine(train, List.of(1.0, 2.0), List.of(0.6, 0.3));
          chart.refresh(4);
          BufferedImage full = Painting.paint(chart, 360, 240, scale);
          assertThat(Painting.count(full, theme.palette().train())).isGreaterThan(60);
          assertThat(Painting.count(full, theme.palette().rate())).isGreaterThan(5);
          assertThat(Painting.count(full, theme.palette().batch())).isGreaterThan(5);
          assertThat(Painting.count(full, theme.palette().background()))
              .isGreaterThan(full.getWidth() * full.getHeight() / 2);

          assertThat(Painting.paint(chart, 60, 40, scale)).isNotNull(); // too small: no hang
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "DARK, 2"})
  void drawingUndoRedoAndClear(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          DrawingCanvas canvas = new DrawingCanvas();
          int[] changes = {0};
          canvas.onChange(() -> changes[0]++);
          Painting.paint(canvas, 200, 200, scale);
          mouse(canvas, MouseEvent.MOUSE_PRESSED, 100, 40);
          for (int y = 50; y <= 160; y += 10) {
            mouse(canvas, MouseEvent.MOUSE_DRAGGED, 100, y);
          }
          mouse(canvas, MouseEvent.MOUSE_RELEASED, 100, 160);
          assertThat(changes[0]).isEqualTo(13);

          GreyImage picture = canvas.picture();
          assertThat(picture.at(70, 70)).isEqualTo(1f); // the middle of the stroke
          assertThat(picture.at(20, 70)).isZero();
          BufferedImage image = Painting.paint(canvas, 200, 200, scale);
          assertThat(Painting.count(image, theme.palette().foreground()))
              .isBetween(1500 * scale * scale, 3000 * scale * scale); // 17 px wide, 120 px long

          canvas.addStroke(List.of(new Point2D.Double(0.2, 0.2)));
          assertThat(canvas.picture().at(28, 28)).isGreaterThan(0.9f); // a dot
          canvas.undo();
          assertThat(canvas.picture().at(28, 28)).isZero();
          canvas.redo();
          assertThat(canvas.picture().at(28, 28)).isGreaterThan(0.9f);
          canvas.clear();
          assertThat(canvas.isEmpty()).isTrue();
          canvas.undo();
          assertThat(canvas.picture().at(70, 70)).isEqualTo(1f); // wiping can be taken back
          assertThat(canvas.picture().at(28, 28)).isGreaterThan(0.9f);
          assertThat(canvas.canRedo()).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "DARK, 2"})
  void theEraserTheBrushAndTheKeyboardPen(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          DrawingCanvas canvas = new DrawingCanvas();
          Painting.paint(canvas, 200, 200, scale);
          canvas.addStroke(List.of(new Point2D.Double(0.5, 0.1), new Point2D.Double(0.5, 0.9)));
          BufferedImage thin = Painting.paint(canvas, 200, 200, scale);
          int ink = Painting.count(thin, theme.palette().foreground());
          canvas.setErasing(true);
          canvas.setBrush(0.3);
          mouse(canvas, MouseEvent.MOUSE_PRESSED, 100, 100);
          mouse(canvas, MouseEvent.MOUSE_RELEASED, 100, 100);
          assertThat(canvas.picture().at(70, 70)).isZero(); // erased in the middle
          assertThat(canvas.picture().at(70, 20)).isEqualTo(1f);
          BufferedImage erased = Painting.paint(canvas, 200, 200, scale);
          assertThat(ink - Painting.count(erased, theme.palette().foreground()))
              .isBetween(850 * scale * scale, 1100 * scale * scale); // 60 of 17 px, less the cap
          canvas.setErasing(false);
          mouse(canvas, MouseEvent.MOUSE_PRESSED, 40, 100);
          mouse(canvas, MouseEvent.MOUSE_RELEASED, 40, 100);
          assertThat(canvas.picture().at(28, 88)).isEqualTo(1f); // a dot with the thick brush
          canvas.clear();
          canvas.setBrush(DrawingCanvas.USUAL_BRUSH);
          KeyPress.press(
              canvas, "shift RIGHT"); // Shift and the arrow to the right, from the middle
          KeyPress.press(canvas, "shift RIGHT");
          assertThat(canvas.picture().at(76, 70)).isEqualTo(1f);
          canvas.undo();
          assertThat(canvas.isEmpty()).as("one stroke for both steps").isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "DARK, 2"})
  void theCanvasShowsADigitPixelForPixel(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          DrawingCanvas canvas = new DrawingCanvas();
          List<Float> pixels = new ArrayList<>(Collections.nCopies(784, 0f));
          pixels.set(10 * 28 + 5, 1f);
          DigitSample sample = new DigitSample(pixels, 7, "one pixel");
          canvas.show(sample);
          assertThat(canvas.sample()).contains(sample);
          BufferedImage image = Painting.paint(canvas, 140, 140, scale);
          int corner = 20 * scale;
          assertThat(
                  Painting.count(
                      image,
                      theme.palette().foreground(),
                      corner,
                      2 * corner,
                      2 * corner,
                      2 * corner))
              .isEqualTo(25 * scale * scale);
          assertThat(canvas.picture().at(27, 52)).isEqualTo(1f);
          canvas.addStroke(List.of(new Point2D.Double(0.5, 0.5)));
          assertThat(canvas.sample()).isEmpty(); // it is drawn on: a picture of its own
          assertThat(canvas.picture().at(70, 70)).isEqualTo(1f);
          canvas.undo();
          assertThat(canvas.sample()).contains(sample);
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void thePreviewFillsBelowTheCurve(Theme theme) {
    Painting.run(
        () -> {
          theme.apply();
          CurvePreview preview = new CurvePreview();
          BufferedImage empty = Painting.paint(preview, 200, 62, 1);
          assertThat(Painting.count(empty, theme.palette().rate())).isZero();
          preview.setCurve(List.of(1.0, 1.0), "flat");
          BufferedImage flat = Painting.paint(preview, 200, 62, 1);
          assertThat(Painting.different(empty, flat))
              .isGreaterThan(188 * 35); // all below the curve
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "6, 1", "10, 1", "11, 2", "45, 5", "100, 10", "101, 20", "1000, 100"})
  void ticksStayFew(double end, int step) {
    assertThat(LineChart.tickStep(end, 10)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void textHasEnoughContrast(Theme theme) {
    Palette p = theme.palette();
    List<Color> texts =
        List.of(p.foreground(), p.faint(), p.rate(), p.bad(), p.warning(), p.good());
    for (Color text : texts) {
      assertThat(PaintedFaults.contrast(text, p.background()))
          .as(text.toString())
          .isGreaterThan(4.5);
    }
    for (Color line : List.of(p.train(), p.validation(), p.test())) {
      assertThat(PaintedFaults.contrast(line, p.background())).as(line.toString()).isGreaterThan(3);
    }
  }

  private static void mouse(DrawingCanvas canvas, int id, int x, int y) {
    int button = MouseEvent.BUTTON1;
    canvas.dispatchEvent(
        new MouseEvent(canvas, id, 0, MouseEvent.BUTTON1_DOWN_MASK, x, y, 1, false, button));
  }
}
