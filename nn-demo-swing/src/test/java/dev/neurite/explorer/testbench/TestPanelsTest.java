package dev.neurite.explorer.testbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.NowAnalysis;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.ui.ConfusionGrid;
import dev.neurite.explorer.ui.DigitGrid;
import dev.neurite.explorer.ui.DigitSlot;
import dev.neurite.explorer.ui.DigitTransfer;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.KeyPress;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.SlotFace;
import dev.neurite.explorer.ui.SlotFace.Verdict;
import dev.neurite.explorer.ui.Theme;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.datatransfer.Clipboard;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;
import javax.swing.TransferHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The panels of the test bench, painted and looked at. */
class TestPanelsTest {
  private static final int WIDTH = 690;

  private final EventThreadRule rule = EventThreadRule.install();

  @TempDir Path folder;

  @AfterEach
  void onlyTheEventThreadTouchedSwing() {
    assertThat(rule.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void testImagesShowPagesMistakesAndTheMatrix(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          TestImagesPanel panel = new TestImagesPanel();
          panel.showPage(List.of(), List.of(), 0, 0);
          BufferedImage empty = Painting.paint(panel, WIDTH, 500, scale);
          assertThat(Painting.count(empty, Color.WHITE, 14 * scale, 110 * scale, 300, 300))
              .as("no digit")
              .isLessThanOrEqualTo(theme == Theme.LIGHT ? 90_000 : 0);

          List<DigitSample> samples = new ArrayList<>();
          List<Prediction> predictions = new ArrayList<>();
          for (int i = 0; i < 12; i++) {
            samples.add(TinyDigits.sample(i % 10));
            predictions.add(new Prediction(i, i % 10, i == 3 ? 5 : i % 10, 0.9f));
          }
          panel.showPage(samples, predictions, 1, 3);
          BufferedImage unread = Painting.paint(panel, WIDTH, 500, scale);
          DigitGrid grid = only(panel, DigitGrid.class);
          Point corner = SwingUtilities.convertPoint(grid, 0, 0, panel);
          assertThat(
                  Painting.count(unread, Color.BLACK, corner.x * scale, corner.y * scale, 56, 56))
              .as("a digit in the first cell")
              .isGreaterThan(500);
          int columns = grid.getWidth() / 88;
          int fourthX = corner.x + 3 % columns * 88;
          int fourthY = corner.y + 3 / columns * 78;
          assertThat(red(unread, theme, fourthX, fourthY, scale))
              .as("the mistake is marked")
              .isGreaterThan(150);
          assertThat(red(unread, theme, corner.x, corner.y, scale))
              .as("the right one is not")
              .isZero();

          List<List<Integer>> counts = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            counts.add(new ArrayList<>(Collections.nCopies(10, 0)));
            counts.get(i).set(i, 90);
          }
          panel.showConfusion(counts);
          BufferedImage right = Painting.paint(panel, WIDTH, 500, scale);
          assertThat(Painting.different(unread, right)).as("the matrix").isGreaterThan(3000);
          counts.get(3).set(5, 7);
          panel.showConfusion(counts);
          assertThat(Painting.different(right, Painting.paint(panel, WIDTH, 500, scale)))
              .as("one cell of the matrix")
              .isBetween(200 * scale * scale, 1200 * scale * scale);
        });
  }

  private static int red(BufferedImage image, Theme theme, int x, int y, int scale) {
    return Painting.count(
        image, theme.palette().bad(), x * scale, y * scale, 86 * scale, 76 * scale);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void slotsShowDigitsAnswersAndWhetherTheyAreRight(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          SlotsPanel panel = new SlotsPanel();
          new SlotsPresenter(panel, new Session(), new NowAnalysis(), () -> 2, s -> {});
          BufferedImage empty = Painting.paint(panel, WIDTH, 130, scale);
          assertThat(Painting.count(empty, theme.palette().good())).isZero();
          List<SlotFace> faces = new ArrayList<>();
          List<Float> pixels = TinyDigits.sample(1).pixels();
          for (int i = 0; i < 10; i++) {
            Verdict verdict = i == 0 ? Verdict.RIGHT : i == 1 ? Verdict.WRONG : Verdict.UNKNOWN;
            faces.add(
                i < 3
                    ? new SlotFace(pixels, "1", "97 %", verdict, "Slot %d: a 1".formatted(i + 1))
                    : new SlotFace(List.of(), "", "", verdict, "Slot %d: empty".formatted(i + 1)));
          }
          panel.showSlots(faces);
          panel.showStatus("Run 1 Tiny: 1 of 2 right.", false);
          BufferedImage full = Painting.paint(panel, WIDTH, 130, scale);
          List<DigitSlot> slots = all(panel, DigitSlot.class);
          assertThat(slots).hasSize(10);
          assertThat(slots.get(0).getAccessibleContext().getAccessibleName())
              .isEqualTo("Slot 1: a 1");
          for (int i = 0; i < 10; i++) {
            Point corner = SwingUtilities.convertPoint(slots.get(i), 0, 0, panel);
            int x = corner.x * scale;
            int y = corner.y * scale;
            int width = slots.get(i).getWidth() * scale;
            int height = slots.get(i).getHeight() * scale;
            assertThat(Painting.count(full, Color.BLACK, x, y, width, height) > 500)
                .as("a digit in slot %d", i + 1)
                .isEqualTo(i < 3);
            assertThat(Painting.count(full, theme.palette().good(), x, y, width, height) > 10)
                .as("right in slot %d", i + 1)
                .isEqualTo(i == 0);
            assertThat(Painting.count(full, theme.palette().bad(), x, y, width, height) > 10)
                .as("wrong in slot %d", i + 1)
                .isEqualTo(i == 1);
          }
          panel.showStatus("All ten slots are full", true);
          BufferedImage bad = Painting.paint(panel, WIDTH, 130, scale);
          assertThat(Painting.count(bad, theme.palette().bad(), 0, 0, WIDTH * scale, 30 * scale))
              .as("bad news in its colour")
              .isGreaterThan(20);
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void theTestbenchComparesTwoNetworks(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          TestbenchPanel panel = new TestbenchPanel();
          panel.showRivals(List.of("none", "1 Simple"), 0, "2 Wide");
          panel.showProbabilities(List.of(), -1);
          BufferedImage empty = Painting.paint(panel, 281, 680, scale);
          Color other = theme.palette().validation();
          assertThat(Painting.count(empty, other)).isZero();
          List<Float> first = new ArrayList<>(Collections.nCopies(10, 0.02f));
          first.set(3, 0.82f);
          List<Float> second = new ArrayList<>(Collections.nCopies(10, 0.02f));
          second.set(8, 0.82f);
          panel.showSample(TinyDigits.sample(4));
          panel.showSeen(TinyDigits.sample(4).pixels());
          panel.showProbabilities(first, 3);
          panel.showRivalProbabilities(second, 8);
          panel.showAnswer("3", "It is sure.");
          BufferedImage alone = Painting.paint(panel, 281, 680, scale);
          assertThat(Painting.count(alone, other)).as("compared with none").isZero();
          panel.showRivals(List.of("none", "1 Simple"), 1, "2 Wide");
          BufferedImage both = Painting.paint(panel, 281, 680, scale);
          int theirs = Painting.count(both, other, 0, 500 * scale, 281 * scale, 180 * scale);
          int ours =
              Painting.count(
                  both, theme.palette().accent(), 0, 500 * scale, 281 * scale, 180 * scale);
          assertThat(theirs).as("bar of the other network").isGreaterThan(150 * scale * scale);
          assertThat((double) ours / theirs).isBetween(0.7, 1.5);
        });
  }

  @Test
  void digitsImagesAndFilesAreDroppedAndDigitsAreTakenOut() throws Exception {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int y = 8; y < 32; y++) {
      image.setRGB(20, y, 0xFFFFFF);
    }
    File file = folder.resolve("one.png").toFile();
    ImageIO.write(image, "png", file);
    Painting.run(
        () -> {
          SlotsPanel panel = new SlotsPanel();
          SlotsPresenter presenter =
              new SlotsPresenter(panel, new Session(), new NowAnalysis(), () -> 2, s -> {});
          panel.setPresenter(presenter);
          DigitSlot third = all(panel, DigitSlot.class).get(2);
          drop(third, new Fake(DigitTransfer.SAMPLE, TinyDigits.sample(6)));
          assertThat(presenter.at(2)).isEqualTo(TinyDigits.sample(6));
          drop(panel, new Fake(DataFlavor.javaFileListFlavor, List.of(file, file)));
          assertThat(presenter.at(0).name()).isEqualTo("one.png");
          assertThat(presenter.at(1).name()).isEqualTo("one.png");
          drop(third, new Fake(DataFlavor.imageFlavor, image));
          assertThat(presenter.at(2).name()).isEqualTo("Pasted picture");
          assertThat(presenter.at(2).pixels()).isEqualTo(presenter.at(0).pixels());
          Fake text = new Fake(DataFlavor.stringFlavor, "text");
          assertThat(importInto(third, text)).as("text is no picture").isFalse();
          assertThat(presenter.at(2).name()).isEqualTo("Pasted picture");
        });
  }

  @Test
  void digitsAreTakenFromTheListByKeyAndMouseAndBroughtToTheModel() throws Exception {
    Painting.run(
        () -> {
          Session session = new Session();
          List<DigitSample> looked = new ArrayList<>();
          List<DigitSample> kept = new ArrayList<>();
          TestImagesPanel panel = new TestImagesPanel();
          TestImagesPresenter presenter =
              new TestImagesPresenter(panel, session, new NowAnalysis(), looked::add, kept::add);
          panel.setPresenter(presenter);
          session.setData(new DataState.Ready(TinyDigits.split(20)));
          presenter.setVisible(true);
          Painting.paint(panel, WIDTH, 500, 1);
          DigitGrid grid = only(panel, DigitGrid.class);
          KeyPress.press(grid, "RIGHT");
          KeyPress.press(grid, "RIGHT");
          KeyPress.press(grid, "ENTER");
          KeyPress.press(grid, "INSERT");
          assertThat(looked).extracting(DigitSample::name).containsExactly("Image 1");
          assertThat(kept).extracting(DigitSample::name).containsExactly("Image 1");

          Clipboard clipboard = new Clipboard("of the test");
          grid.getTransferHandler().exportToClipboard(grid, clipboard, TransferHandler.COPY);
          TestbenchPanel model = new TestbenchPanel();
          Transferable taken = clipboard.getContents(null);
          drop(model.canvas(), taken);
          assertThat(model.canvas().sample()).isEmpty(); // nobody listens yet
          TestbenchPresenter testbench =
              new TestbenchPresenter(model, session, (w, p, r, receiver) -> {}, new NowAnalysis());
          model.setPresenter(testbench);
          drop(model.canvas(), taken);
          assertThat(model.canvas().sample()).contains(looked.get(0));
          model.canvas().clear();
          drop(model, taken); // beside the canvas is as good
          assertThat(model.canvas().sample()).contains(looked.get(0));
        });
  }

  @Test
  void aCellOfTheMatrixOpensTheImagesBehindItByKeyAndMouse() {
    Painting.run(
        () -> {
          ConfusionGrid grid = new ConfusionGrid();
          List<String> chosen = new ArrayList<>();
          grid.onChoice((actual, predicted) -> chosen.add(actual + " as " + predicted));
          KeyPress.press(grid, "ENTER");
          assertThat(chosen).as("nothing is counted yet").isEmpty();
          grid.setCounts(Collections.nCopies(10, Collections.nCopies(10, 1)));
          for (String key :
              List.of("DOWN", "DOWN", "RIGHT", "UP", "LEFT", "LEFT", "RIGHT", "ENTER")) {
            KeyPress.press(grid, key);
          }
          assertThat(chosen).containsExactly("1 as 1");
          Painting.paint(grid, 218, 218, 1);
          grid.dispatchEvent(
              new MouseEvent(grid, MouseEvent.MOUSE_PRESSED, 0, 0, 18 + 50, 18 + 70, 1, false));
          assertThat(chosen).containsExactly("1 as 1", "3 as 2");
          grid.dispatchEvent(new MouseEvent(grid, MouseEvent.MOUSE_PRESSED, 0, 0, 5, 70, 1, false));
          assertThat(chosen).as("a heading is no cell").hasSize(2);
        });
  }

  private static void drop(JComponent target, Transferable what) {
    assertThat(importInto(target, what)).isTrue();
  }

  private static boolean importInto(JComponent target, Transferable what) {
    return target
        .getTransferHandler()
        .importData(new TransferHandler.TransferSupport(target, what));
  }

  /** Something of one kind that is brought. */
  private record Fake(DataFlavor flavor, Object data) implements Transferable {
    @Override
    public DataFlavor[] getTransferDataFlavors() {
      return new DataFlavor[] {flavor};
    }

    @Override
    public boolean isDataFlavorSupported(DataFlavor wanted) {
      return flavor.equals(wanted);
    }

    @Override
    public Object getTransferData(DataFlavor wanted) throws UnsupportedFlavorException {
      if (!flavor.equals(wanted)) {
        throw new UnsupportedFlavorException(wanted);
      }
      return data;
    }
  }

  private static <T extends Component> T only(Container parent, Class<T> kind) {
    List<T> found = all(parent, kind);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static <T extends Component> List<T> all(Container parent, Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (Component child : parent.getComponents()) {
      if (kind.isInstance(child)) {
        found.add(kind.cast(child));
      } else if (child instanceof Container container) {
        found.addAll(all(container, kind));
      }
    }
    return found;
  }
}
