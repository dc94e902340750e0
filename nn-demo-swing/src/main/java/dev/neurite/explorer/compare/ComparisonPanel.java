package dev.neurite.explorer.compare;

import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.LineChart;
import dev.neurite.explorer.ui.LineChart.LineStyle;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.ScatterPlot;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.table.DefaultTableModel;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Size against accuracy, curves on one another, and settings that differ. */
public final class ComparisonPanel extends JPanel {
  private static final long serialVersionUID = 1L;
  private static final List<Function<Palette, Color>> COLORS =
      List.of(
          Palette::train,
          Palette::validation,
          Palette::test,
          Palette::rate,
          Palette::warning,
          Palette::faint);
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS);

  private final ScatterPlot sizes =
      new ScatterPlot(Texts.get("compare.scatter"), Texts.get("compare.scatter.x"));
  private final JPanel overlay = new JPanel(new BorderLayout());
  private final DefaultTableModel differences = new DefaultTableModel();
  private final JTable table =
      new JTable(differences) {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String getToolTipText(MouseEvent event) { // values can be long
          int row = rowAtPoint(event.getPoint());
          int column = columnAtPoint(event.getPoint());
          return row < 0 || column < 0 ? null : String.valueOf(getValueAt(row, column));
        }
      };

  /** Without runs. */
  ComparisonPanel() {
    super(
        new MigLayout(
            "insets 12, fill, wrap 2",
            "[grow, fill, sg]10[grow, fill, sg]",
            "[grow, fill]8[]4[150!, fill]"));
    overlay.setOpaque(false);
    add(sizes);
    add(overlay);
    add(Captions.section(Texts.get("compare.differences")), "span");
    table.setEnabled(false);
    table.getAccessibleContext().setAccessibleName(Texts.get("compare.differences"));
    JScrollPane scroll = new JScrollPane(table);
    scroll.setColumnHeaderView(table.getTableHeader());
    add(scroll, "span, grow");
    show(new Comparison(List.of(), List.of(), List.of(), List.of()));
  }

  void show(Comparison comparison) {
    sizes.setPoints(
        comparison.points().stream()
            .map(p -> new ScatterPlot.Point(p.name(), p.parameters(), p.accuracy(), p.chosen()))
            .toList());
    List<LineStyle> styles = new ArrayList<>();
    for (int i = 0; i < comparison.curves().size(); i++) {
      styles.add(
          LineStyle.marked(comparison.curves().get(i).name(), COLORS.get(i), MARKERS.get(i)));
    }
    LineChart chart = new LineChart(Texts.get("compare.overlay"), styles);
    chart.setGreatestTop(100);
    chart.setEmptyText(Texts.get("compare.overlay.empty"));
    double epochs = 1;
    for (int i = 0; i < styles.size(); i++) {
      Comparison.AccuracyCurve curve = comparison.curves().get(i);
      chart.setLine(styles.get(i), curve.epochs(), curve.accuracies());
      epochs = Math.max(epochs, curve.epochs().get(curve.epochs().size() - 1));
    }
    chart.refresh(epochs);
    overlay.removeAll();
    overlay.add(chart, BorderLayout.CENTER);
    overlay.revalidate();
    List<String> names = comparison.names();
    Object[][] rows =
        comparison.differences().stream()
            .map(d -> new Object[] {d.setting(), d.first(), d.second()})
            .toArray(Object[][]::new);
    Object[] nothing = {Texts.get("compare.nothingDiffers"), "", ""};
    differences.setDataVector(
        rows.length == 0 && !names.isEmpty() ? new Object[][] {nothing} : rows,
        names.isEmpty()
            ? new Object[] {Texts.get("compare.setting"), Texts.get("compare.chooseTwo"), ""}
            : new Object[] {Texts.get("compare.setting"), names.get(0), names.get(1)});
  }
}
