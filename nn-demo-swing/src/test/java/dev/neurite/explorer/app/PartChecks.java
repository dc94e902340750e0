package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.explorer.app.PaintedWindowTest.Part;
import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.ConfusionGrid;
import dev.neurite.explorer.ui.CurvePreview;
import dev.neurite.explorer.ui.DigitGrid;
import dev.neurite.explorer.ui.DigitSlot;
import dev.neurite.explorer.ui.DigitView;
import dev.neurite.explorer.ui.Diverging;
import dev.neurite.explorer.ui.FlowChart;
import dev.neurite.explorer.ui.Histogram;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.LayerBars;
import dev.neurite.explorer.ui.LineChart;
import dev.neurite.explorer.ui.NetworkSketch;
import dev.neurite.explorer.ui.PaintedTexts;
import dev.neurite.explorer.ui.ProbabilityBars;
import dev.neurite.explorer.ui.ScatterMap;
import dev.neurite.explorer.ui.ScatterPlot;
import dev.neurite.explorer.ui.WeightMap;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.LayerWeights;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.EpochRecord;
import java.awt.Color;
import java.awt.Component;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.swing.JLabel;
import javax.swing.JTable;

/** What each part of the window has to show, of what the app has. */
final class PartChecks {
  private final ExplorerApp app;
  private final PaintedPart painted;

  PartChecks(ExplorerApp app, PaintedPart painted) {
    this.app = app;
    this.painted = painted;
  }

  /** Before anything was done. */
  void empty(Part part) {
    switch (part) {
      case CURVES -> {
        says("training.empty.title", "training.empty.message", "training.hint.start");
        says("chart.loss.empty", "chart.accuracy.empty");
        for (LineChart chart : painted.all(LineChart.class)) {
          assertThat(painted.count(chart, painted.palette().train())).isZero();
        }
      }
      case LAYERS -> says("layers.empty");
      case RUNS -> says("compare.empty");
      case COMPARISON -> says("compare.overlay.empty", "compare.chooseTwo");
      case TESTBENCH -> {
        says("testbench.noModel", "testbench.trainFirst");
        assertThat(painted.words()).contains("Draw a digit", "Draw a digit here");
        Component bars = painted.all(ProbabilityBars.class).get(0);
        assertThat(painted.count(bars, painted.palette().accent())).isZero();
      }
      case PRUNE -> {
        says("prune.empty.title", "prune.empty.message", "prune.result.none", "prune.curve.empty");
        LayerBars bars = painted.only(LayerBars.class);
        assertThat(painted.count(bars, painted.palette().accent())).isZero();
      }
      case IMAGES -> says("images.noModel");
      case SLOTS -> {
        says("slots.start");
        assertThat(filledSlots()).isZero();
      }
      case WEIGHTS, FLOW, SALIENCY, MAP -> says("inspect.noModel");
      case LIBRARY -> says("library.empty", "library.empty.text", "library.details.none");
      default -> always(part);
    }
  }

  /** With networks that were trained. */
  void full(Part part) {
    switch (part) {
      case CURVES -> curves();
      case LAYERS -> layers();
      case RUNS -> runs();
      case COMPARISON -> comparison();
      case TESTBENCH -> testbench();
      case PRUNE -> prune();
      case IMAGES -> images();
      case SLOTS -> slots();
      case WEIGHTS -> weights();
      case FLOW -> flow();
      case SALIENCY -> isDigit(painted.all(DigitView.class).get(0));
      case MAP -> map();
      case LIBRARY -> library();
      case TOUR -> assertThat(ticks()).isEqualTo(3);
      default -> always(part);
    }
  }

  private void always(Part part) {
    switch (part) {
      case WINDOW -> {
        says("app.title", "app.tagline", "app.tab.train", "app.tab.library");
        says(painted.theme().name().equals("DARK") ? "app.theme.light" : "app.theme.dark");
      }
      case CONFIGURE -> configure();
      case TOUR -> {
        says("lessons.tour.title", "lessons.step.simple", "lessons.step.prune");
        assertThat(ticks()).isZero();
      }
      case PAGES ->
          says("lessons.page.dropout", "lessons.page.dropout.text", "lessons.page.overfitting");
      case KEYS -> assertThat(painted.words()).contains(Keys.TRAIN.label(), Keys.UNDO.label());
      case ABOUT -> says("app.title", "lessons.about.text");
      default -> throw new AssertionError(part + " is not looked at");
    }
  }

  /** Steps of the tour that are ticked off. */
  private long ticks() {
    return painted.all(JLabel.class).stream()
        .filter(l -> painted.count(l, painted.palette().good()) > 10)
        .count();
  }

  private void says(String... keys) {
    for (String key : keys) {
      assertThat(painted.prose()).contains(Texts.get(key));
    }
  }

  private void configure() {
    ModelSpec network = app.session().planned().orElseThrow().model();
    assertThat(painted.words())
        .contains(
            network.widths(),
            Texts.format("config.parameters", Figures.count(network.parameterCount())));
    int[] dots = painted.columns(painted.only(NetworkSketch.class), painted.palette().accent());
    assertThat(PaintedPart.stretches(dots, 3 * painted.scale()))
        .as("columns of dots")
        .isEqualTo(1 + network.denseLayers().size());
    CurvePreview preview = painted.only(CurvePreview.class);
    int[] curve = painted.columns(preview, painted.palette().rate());
    assertThat(Arrays.stream(curve).filter(c -> c > 0).count())
        .as("columns with the curve of the rate")
        .isGreaterThan((long) (0.9 * (preview.getWidth() - 12) * painted.scale()));
  }

  private Run run() {
    return app.session().selected().orElseThrow();
  }

  private Predictor predictor() {
    return app.session().answering().orElseThrow().predictor();
  }

  private void curves() {
    EpochRecord last = run().lastEpoch();
    assertThat(painted.words())
        .contains(
            run().name(),
            Figures.percent(last.trainAccuracy()),
            Figures.percent(last.validationAccuracy()),
            Figures.percent(last.testAccuracy()));
    LineChart loss = painted.all(LineChart.class).get(0);
    for (Color color :
        List.of(
            painted.palette().train(),
            painted.palette().validation(),
            painted.palette().test(),
            painted.palette().rate(),
            painted.palette().batch())) {
      assertThat(painted.count(loss, color)).as("a curve of %s", color).isGreaterThan(30);
    }
    isCurve(
        painted.all(LineChart.class).get(1),
        run().history().stream().map(EpochRecord::trainAccuracy).toList());
  }

  /** Whether the marks of the line in front stand as high as its values say. */
  private void isCurve(LineChart chart, List<Double> values) {
    Color color = painted.palette().train();
    Rectangle plot =
        painted.pixels(chart, new Rectangle(0, 24, chart.getWidth(), chart.getHeight() - 24 - 40));
    int[] columns = new int[plot.width];
    for (int x = 0; x < plot.width; x++) {
      columns[x] = painted.count(new Rectangle(plot.x + x, plot.y, 1, plot.height), color);
    }
    int first =
        IntStream.range(0, plot.width).filter(x -> columns[x] > 0).findFirst().orElseThrow();
    int end = IntStream.range(0, plot.width).filter(x -> columns[x] > 0).max().orElseThrow();
    double radius = 3.5 * painted.scale();
    double left = first + radius;
    double right = end - radius;
    List<Double> heights = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      heights.add(
          middle(plot, (int) Math.round(left + (right - left) * i / (values.size() - 1)), color));
    }
    int low = values.indexOf(values.stream().min(Double::compare).orElseThrow());
    int high = values.indexOf(values.stream().max(Double::compare).orElseThrow());
    double unit = (heights.get(high) - heights.get(low)) / (values.get(high) - values.get(low));
    assertThat(unit).as("more is higher").isNegative();
    for (int i = 0; i < values.size(); i++) {
      double expected = heights.get(low) + unit * (values.get(i) - values.get(low));
      assertThat(heights.get(i))
          .as("epoch %d", i + 1)
          .isCloseTo(expected, within(2.5 * painted.scale()));
    }
  }

  /** The mean height of the pixels of a colour in and beside a column. */
  private double middle(Rectangle plot, int x, Color color) {
    double sum = 0;
    int found = 0;
    for (int y = 0; y < plot.height; y++) {
      int here = painted.count(new Rectangle(plot.x + x - 1, plot.y + y, 3, 1), color);
      sum += (double) here * y;
      found += here;
    }
    assertThat(found).as("pixels of the line").isPositive();
    return sum / found;
  }

  private void layers() {
    int layers = run().experiment().model().denseLayers().size();
    assertThat(painted.all(CurvePreview.class)).hasSize(layers);
    assertThat(painted.all(Histogram.class)).hasSize(layers);
    for (Histogram histogram : painted.all(Histogram.class)) {
      int[] bars = painted.columns(histogram, painted.palette().accent());
      assertThat(PaintedPart.stretches(bars, 1)).as("bars").isGreaterThan(5);
      assertThat(Arrays.stream(bars).max().orElseThrow())
          .as("the highest bar")
          .isBetween(40 * painted.scale(), 60 * painted.scale());
    }
  }

  private void runs() {
    JTable table = Forms.table(app.content().compare());
    List<Run> runs = app.session().runs();
    assertThat(table.getRowCount()).isEqualTo(runs.size());
    for (int row = 0; row < runs.size(); row++) {
      Run run = runs.get(runs.size() - 1 - row);
      Rectangle cell = painted.pixels(table, table.getCellRect(row, 0, true));
      assertThat(painted.count(cell, painted.palette().good()))
          .as("the tick of %s", run.name())
          .isGreaterThan(4);
      assertThat(painted.words())
          .contains(run.name(), Figures.count(run.experiment().model().parameterCount()));
    }
  }

  private void comparison() {
    ScatterPlot plot = painted.only(ScatterPlot.class);
    assertThat(blobs(plot, painted.palette().accent(), 60 * painted.scale() * painted.scale()))
        .as("dots")
        .isEqualTo(app.session().runs().size());
    LineChart curves = painted.only(LineChart.class);
    for (Color color :
        List.of(
            painted.palette().train(), painted.palette().validation(), painted.palette().test())) {
      assertThat(painted.count(curves, color)).as("a curve of %s", color).isGreaterThan(100);
    }
    app.session().runs().forEach(r -> assertThat(painted.words()).contains(r.name()));
    assertThat(painted.words())
        .contains("Layers", "512 relu, dropout 0.25, 10 softmax")
        .noneMatch(w -> w.contains("["));
  }

  /** How many connected places of a colour have at least so many pixels. */
  private int blobs(Component component, Color color, int least) {
    Rectangle r = painted.pixels(component);
    boolean[][] open = new boolean[r.height][r.width];
    for (int y = 0; y < r.height; y++) {
      for (int x = 0; x < r.width; x++) {
        open[y][x] = painted.count(new Rectangle(r.x + x, r.y + y, 1, 1), color) == 1;
      }
    }
    int found = 0;
    for (int y = 0; y < r.height; y++) {
      for (int x = 0; x < r.width; x++) {
        found += open[y][x] && fill(open, x, y) >= least ? 1 : 0;
      }
    }
    return found;
  }

  private static int fill(boolean[][] open, int startX, int startY) {
    List<int[]> stack = new ArrayList<>(List.of(new int[] {startX, startY}));
    open[startY][startX] = false;
    int size = 0;
    while (!stack.isEmpty()) {
      int[] place = stack.remove(stack.size() - 1);
      size++;
      for (int[] step : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
        int x = place[0] + step[0];
        int y = place[1] + step[1];
        if (y >= 0 && y < open.length && x >= 0 && x < open[0].length && open[y][x]) {
          open[y][x] = false;
          stack.add(new int[] {x, y});
        }
      }
    }
    return size;
  }

  private void testbench() {
    isDigit(painted.only(DigitView.class));
    assertThat(painted.words()).contains(Texts.format("testbench.model", run().name()));
    ProbabilityBars bars = painted.all(ProbabilityBars.class).get(0);
    float[] probabilities = predictor().predict(array(app.session().digit()));
    int winner = Predictor.argMax(probabilities);
    int row = (int) (bars.getHeight() * (winner + 0.5) / 10) * painted.scale();
    int full = painted.longest(bars, row, painted.palette().accent());
    int rest = painted.longest(bars, row, painted.palette().grid());
    assertThat((double) full)
        .as("the bar of the winner")
        .isCloseTo(probabilities[winner] * (full + rest), within(2.5 * painted.scale()));
  }

  /** Whether the digit that is looked at is there, pixel for pixel. */
  private void isDigit(DigitView view) {
    List<Float> digit = app.session().digit();
    assertThat(digit).hasSize(784);
    int side = Math.min(view.getWidth(), view.getHeight()) / 28;
    int left = (view.getWidth() - 28 * side) / 2;
    int top = (view.getHeight() - 28 * side) / 2;
    for (int i = 0; i < 784; i++) {
      if (i % 28 % 27 != 0 && i / 28 % 27 != 0) { // the frame lies on the outermost
        Color pixel = painted.at(view, left + (i % 28 + 0.5) * side, top + (i / 28 + 0.5) * side);
        assertThat(pixel.getRed())
            .as("pixel %d", i)
            .isCloseTo(Math.round(255 * digit.get(i)), within(1));
      }
    }
  }

  private static float[] array(List<Float> list) {
    float[] array = new float[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }

  private void prune() {
    ModelFigures tuned = run().pruning().tuned();
    assertThat(painted.words())
        .contains(
            Figures.count(tuned.nonZeroParameters()),
            Figures.percent(tuned.validationAccuracy()),
            Figures.percent(tuned.testAccuracy()));
    LayerBars bars = painted.only(LayerBars.class);
    Matcher words =
        Pattern.compile("dense\\d: ([0-9,]+) of ([0-9,]+) ")
            .matcher(bars.getAccessibleContext().getAccessibleDescription());
    int layers = 0;
    while (words.find()) {
      double kept = number(words.group(1)) / number(words.group(2));
      int y = (int) ((layers + 0.75) * 38 * painted.scale());
      int full = painted.longest(bars, y, painted.palette().accent());
      assertThat(full / ((bars.getWidth() - 2.0) * painted.scale()))
          .as("the bar of layer %d", layers + 1)
          .isCloseTo(kept, within(3.0 / bars.getWidth()));
      layers++;
    }
    assertThat(layers).isEqualTo(run().experiment().model().denseLayers().size());
    LineChart curve = painted.only(LineChart.class);
    assertThat(painted.count(curve, painted.palette().validation())).isGreaterThan(100);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }

  private void images() {
    Dataset test = app.session().split().orElseThrow().test();
    List<String> shown =
        painted.textsIn(painted.only(DigitGrid.class).getParent()).stream()
            .map(PaintedTexts.Text::text)
            .toList();
    assertThat(shown).hasSizeGreaterThan(8);
    float[] pixels = new float[784];
    for (int i = 0; i < shown.size(); i++) {
      test.copyFeatures(i, pixels, 0);
      float[] answer = predictor().predict(pixels);
      int best = Predictor.argMax(answer);
      assertThat(shown.get(i))
          .isEqualTo(
              Texts.format("images.entry", test.label(i), best, Math.round(100 * answer[best])));
      boolean mistake = best != test.label(i);
      assertThat(painted.textsIn(painted.only(DigitGrid.class).getParent()).get(i).color())
          .isEqualTo(mistake ? painted.palette().bad() : painted.palette().faint());
    }
    double counted =
        painted.textsIn(painted.only(ConfusionGrid.class)).stream()
            .mapToDouble(t -> number(t.text()))
            .sum();
    assertThat(counted).as("images, and the headings").isEqualTo(test.size() + 2 * 45);
  }

  private int filledSlots() {
    return (int)
        painted.all(DigitSlot.class).stream()
            .filter(s -> painted.count(s, Color.BLACK) > 800 * painted.scale() * painted.scale())
            .count();
  }

  private void slots() {
    assertThat(filledSlots()).isEqualTo(5);
    Dataset test = app.session().split().orElseThrow().test();
    float[] pixels = new float[784];
    for (int i = 0; i < 4; i++) { // the first four test images; the fifth is a drawing
      test.copyFeatures(i, pixels, 0);
      boolean right = Predictor.argMax(predictor().predict(pixels)) == test.label(i);
      DigitSlot slot = painted.all(DigitSlot.class).get(i);
      assertThat(painted.count(slot, painted.palette().good()) > 10)
          .as("slot %d", i)
          .isEqualTo(right);
      assertThat(painted.count(slot, painted.palette().bad()) > 10)
          .as("slot %d", i)
          .isEqualTo(!right);
    }
  }

  private void weights() {
    WeightMap map = painted.only(WeightMap.class);
    LayerWeights weights = predictor().weights(0);
    int columns = map.getParent().getWidth() / 60;
    Random random = new Random(1);
    int pruned = 0;
    for (int i = 0; i < 500; i++) {
      int unit = random.nextInt(3 * columns); // three rows of tiles can be seen
      int input = random.nextInt(784);
      Color pixel =
          painted.at(
              map,
              unit % columns * 60 + input % 28 * 2 + 0.5,
              unit / columns * 60 + input / 28 * 2 + 0.5);
      if (weights.isPruned(input, unit)) {
        pruned++;
        assertThat(pixel.getRGB() & 0xFFFFFF).isEqualTo(Diverging.pruned(painted.theme()));
      } else if (weights.weight(input, unit) > 0.2 * weights.largestMagnitude()) {
        assertThat(pixel.getRed()).as("orange").isGreaterThan(pixel.getBlue());
      } else if (weights.weight(input, unit) < -0.2 * weights.largestMagnitude()) {
        assertThat(pixel.getBlue()).as("blue").isGreaterThan(pixel.getRed());
      }
    }
    assertThat(pruned).as("of 90 % some").isBetween(350, 499);
  }

  private void flow() {
    FlowChart chart = painted.only(FlowChart.class);
    List<String> names = painted.textsIn(chart).stream().map(PaintedTexts.Text::text).toList();
    assertThat(names).contains("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    int winner = Predictor.argMax(predictor().predict(array(app.session().digit())));
    PaintedTexts.Text name =
        painted.textsIn(chart).stream()
            .filter(t -> t.text().equals(String.valueOf(winner)))
            .findFirst()
            .orElseThrow();
    Rectangle place = painted.place(chart);
    Color dot =
        painted.at(chart, name.ink().getMinX() - place.x - 18, name.ink().getCenterY() - place.y);
    assertThat(dot.getRed()).as("the output that wins is lit").isGreaterThan(dot.getBlue() + 60);
  }

  private void map() {
    Dataset test = app.session().split().orElseThrow().test();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      labels.add(String.valueOf(test.label(i)));
    }
    assertThat(painted.textsIn(painted.only(ScatterMap.class)))
        .extracting(PaintedTexts.Text::text)
        .containsExactlyInAnyOrderElementsOf(labels);
  }

  private void library() {
    JTable table = Forms.table(app.content().library());
    assertThat(table.getRowCount()).isEqualTo(2);
    for (int row = 0; row < 2; row++) {
      Rectangle cell = painted.pixels(table, table.getCellRect(row, 0, true));
      assertThat(painted.count(cell, painted.palette().validation()))
          .as("a curve")
          .isGreaterThan(30);
    }
    assertThat(painted.words())
        .contains("Simple", "Wide, 90 % pruned", Figures.count(run().nonZeroParameters()));
  }
}
