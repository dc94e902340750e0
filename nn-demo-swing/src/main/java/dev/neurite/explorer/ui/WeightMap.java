package dev.neurite.explorer.ui;

import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.model.LayerWeights;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import javax.swing.JViewport;
import javax.swing.ToolTipManager;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a layer: where there are 28×28 inputs a tile for each unit, else a matrix with a
 * row for each unit and a column for each input.
 */
public final class WeightMap extends PaintedComponent {
  private static final long serialVersionUID = 1L;
  private static final int SIDE = 28;
  private static final int GAP = 2;
  private static final int USUAL_WIDTH = 460;

  private transient @Nullable LayerWeights weights;
  private transient @Nullable BufferedImage image;
  private @Nullable Theme imageTheme;
  private boolean ownScale;
  private int zoom = 2;
  private int imageColumns;

  /** Without weights. */
  public WeightMap() {
    ToolTipManager.sharedInstance().registerComponent(this);
    setPreferredSize(new Dimension(USUAL_WIDTH, 200));
  }

  /** Shows weights, or none. */
  public void setWeights(@Nullable LayerWeights newWeights) {
    weights = newWeights;
    changed();
  }

  /** Whether each unit has a scale of its own instead of one for all. */
  public void setOwnScale(boolean own) {
    ownScale = own;
    changed();
  }

  /** How many pixels a weight is wide, 1 to 6. */
  public void setZoom(int pixels) {
    zoom = Math.max(1, Math.min(6, pixels));
    changed();
  }

  private void changed() {
    image = null;
    revalidate();
    repaint();
  }

  /** As many tiles side by side as there is room for where this is scrolled. */
  private int columns() {
    int room = getParent() instanceof JViewport viewport ? viewport.getWidth() : 0;
    return Math.max(1, (room > 0 ? room : USUAL_WIDTH) / ((SIDE + GAP) * zoom));
  }

  @Override
  public Dimension getPreferredSize() {
    LayerWeights w = weights;
    if (w == null) {
      return super.getPreferredSize();
    }
    if (!tiled(w)) {
      return new Dimension(w.inputs() * cell(w), w.units() * cell(w));
    }
    int columns = columns();
    return new Dimension(
        Math.min(columns, w.units()) * (SIDE + GAP) * zoom,
        (w.units() + columns - 1) / columns * (SIDE + GAP) * zoom);
  }

  private static boolean tiled(LayerWeights w) {
    return w.inputs() == SIDE * SIDE;
  }

  /** Small matrices are drawn with larger cells. */
  private int cell(LayerWeights w) {
    return Math.max(1, Math.min(16, USUAL_WIDTH / w.inputs())) * zoom;
  }

  private BufferedImage paintedImage(LayerWeights w, Theme theme) {
    BufferedImage current = image;
    int columns = columns();
    if (current != null && imageTheme == theme && imageColumns == columns) {
      return current;
    }
    boolean tiles = tiled(w);
    int across = Math.min(columns, w.units());
    int down = (w.units() + columns - 1) / columns;
    int width = tiles ? across * (SIDE + GAP) : w.inputs();
    int height = tiles ? down * (SIDE + GAP) : w.units();
    BufferedImage next = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    float shared = w.largestMagnitude();
    for (int unit = 0; unit < w.units(); unit++) {
      float scale = ownScale ? w.largestMagnitude(unit) : shared;
      for (int i = 0; i < w.inputs(); i++) {
        int rgb =
            w.isPruned(i, unit)
                ? Diverging.pruned(theme)
                : Diverging.rgb(scale == 0 ? 0 : w.weight(i, unit) / scale, theme);
        int x = tiles ? unit % columns * (SIDE + GAP) + i % SIDE : i;
        int y = tiles ? unit / columns * (SIDE + GAP) + i / SIDE : unit;
        next.setRGB(x, y, 0xFF000000 | rgb);
      }
    }
    image = next;
    imageTheme = theme;
    imageColumns = columns;
    return next;
  }

  @Override
  public @Nullable String getToolTipText(MouseEvent event) {
    return textAt(event.getX(), event.getY());
  }

  /** The unit, input and weight at a place, or null. */
  @Nullable String textAt(int x, int y) {
    LayerWeights w = weights;
    if (w == null || x < 0 || y < 0) {
      return null;
    }
    int unit;
    int input;
    if (tiled(w)) {
      int columns = columns();
      int column = x / zoom / (SIDE + GAP);
      int inX = x / zoom % (SIDE + GAP);
      int inY = y / zoom % (SIDE + GAP);
      unit = y / zoom / (SIDE + GAP) * columns + column;
      if (inX >= SIDE || inY >= SIDE || column >= columns || unit >= w.units()) {
        return null;
      }
      input = inY * SIDE + inX;
    } else {
      input = x / cell(w);
      unit = y / cell(w);
      if (input >= w.inputs() || unit >= w.units()) {
        return null;
      }
    }
    return Texts.format(
        w.isPruned(input, unit) ? "inspect.weight.pruned" : "inspect.weight",
        unit + 1,
        input + 1,
        Figures.loss(w.weight(input, unit)),
        Figures.loss(w.bias()[unit]));
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    LayerWeights w = weights;
    if (w == null) {
      return;
    }
    Theme theme = Theme.current();
    Graphics2D g = (Graphics2D) graphics.create();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    BufferedImage painted = paintedImage(w, theme);
    int scale = tiled(w) ? zoom : cell(w);
    g.drawImage(painted, 0, 0, painted.getWidth() * scale, painted.getHeight() * scale, null);
    if (!tiled(w)) {
      Color grid = theme.palette().grid();
      g.setColor(grid);
      g.drawRect(0, 0, painted.getWidth() * scale - 1, painted.getHeight() * scale - 1);
    }
    g.dispose();
  }
}
