package dev.neurite.explorer.training;

import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.CurvePreview;
import dev.neurite.explorer.ui.Histogram;
import java.awt.BorderLayout;
import java.util.ArrayList;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.SwingConstants;
import net.miginfocom.swing.MigLayout;

/** For every layer its gradient over the run and the histogram of its weights. */
final class LayersPanel extends JPanel {
  private static final long serialVersionUID = 1L;

  /** The parts of a layer. */
  private record Row(JLabel title, JLabel figures, CurvePreview norms, Histogram weights) {}

  private final JPanel rows =
      new JPanel(
          new MigLayout(
              "insets 8, fillx, wrap 2", "[grow, fill, sg]10[grow, fill, sg]", "[]2[]10[]"));
  private final JLabel empty = Captions.faint(Texts.get("layers.empty"));
  private final transient List<Row> shown = new ArrayList<>();

  LayersPanel() {
    super(new BorderLayout());
    empty.setHorizontalAlignment(SwingConstants.CENTER);
    JScrollPane scroll = new JScrollPane(rows);
    scroll.setBorder(BorderFactory.createEmptyBorder());
    scroll.getVerticalScrollBar().setUnitIncrement(16);
    add(scroll, BorderLayout.CENTER);
    rebuild(0);
  }

  void show(List<LayerFace> layers) {
    if (layers.size() != shown.size()) {
      rebuild(layers.size());
    }
    for (int i = 0; i < layers.size(); i++) {
      LayerFace face = layers.get(i);
      Row row = shown.get(i);
      row.title().setText(face.title());
      row.figures()
          .setText(face.warns() ? Texts.format("layers.dying", face.sentence()) : face.sentence());
      double newest = face.gradientNorms().get(face.gradientNorms().size() - 1);
      row.norms()
          .setCurve(
              face.gradientNorms().size() > 1 ? face.gradientNorms() : List.of(newest, newest),
              Texts.format("layers.norm", Figures.significant(newest)));
      row.weights().setCounts(face.histogram(), face.largestWeight());
    }
  }

  private void rebuild(int count) {
    rows.removeAll();
    shown.clear();
    if (count == 0) {
      rows.add(empty, "span, grow, push");
    }
    for (int i = 0; i < count; i++) {
      Row row =
          new Row(Captions.section(""), Captions.faint(""), new CurvePreview(), new Histogram());
      rows.add(row.title(), "span, split 2");
      rows.add(row.figures(), "wmin 0");
      rows.add(row.norms(), "height 76!");
      rows.add(row.weights(), "height 76!");
      shown.add(row);
    }
    rows.revalidate();
    rows.repaint();
  }
}
