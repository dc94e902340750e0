package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.ui.PaintedTexts;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.Picture;
import dev.neurite.explorer.ui.Theme;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;

/** A part of the window with the picture of it; places are asked for by component. */
final class PaintedPart {
  private final JComponent part;
  private final BufferedImage image;
  private final int scale;
  private final Theme theme;
  private final List<PaintedTexts.Text> texts;

  /** Paints a part that is laid out. */
  PaintedPart(JComponent part, int scale, Theme theme) {
    this.part = part;
    this.scale = scale;
    this.theme = theme;
    image = Picture.asItStands(part, scale);
    assertThat(image.getWidth()).isEqualTo(scale * part.getWidth());
    texts = PaintedTexts.of(part).stream().filter(t -> !t.visible().isEmpty()).toList();
  }

  BufferedImage image() {
    return image;
  }

  int scale() {
    return scale;
  }

  Theme theme() {
    return theme;
  }

  Palette palette() {
    return theme.palette();
  }

  /** What can be read, in the order of painting. */
  List<String> words() {
    return texts.stream().map(PaintedTexts.Text::text).toList();
  }

  /** All that can be read, one after the other: text that wraps is painted line by line. */
  String prose() {
    return String.join(" ", words()).replaceAll(" +", " ");
  }

  /** What can be read within a component. */
  List<PaintedTexts.Text> textsIn(Component component) {
    Rectangle place = place(component);
    return texts.stream().filter(t -> place.contains(t.visible())).toList();
  }

  /** The components of a kind that can be seen. */
  <T extends Component> List<T> all(Class<T> kind) {
    return WindowUser.all(part, kind).stream().filter(this::isSeen).toList();
  }

  /** The component of a kind of which there is one. */
  <T extends Component> T only(Class<T> kind) {
    assertThat(all(kind)).as(kind.getSimpleName()).hasSize(1);
    return all(kind).get(0);
  }

  private boolean isSeen(Component component) {
    for (Component c = component; c != part; c = c.getParent()) {
      if (!c.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /** Where a component is in the part. */
  Rectangle place(Component component) {
    return component == part
        ? new Rectangle(part.getSize())
        : SwingUtilities.convertRectangle(component.getParent(), component.getBounds(), part);
  }

  /** Where a place of a component is in the picture, cut to the picture. */
  Rectangle pixels(Component component, Rectangle inside) {
    Rectangle place = SwingUtilities.convertRectangle(component, inside, part);
    return new Rectangle(
            place.x * scale, place.y * scale, place.width * scale, place.height * scale)
        .intersection(new Rectangle(image.getWidth(), image.getHeight()));
  }

  /** Where a component is in the picture, cut to the picture. */
  Rectangle pixels(Component component) {
    return pixels(component, new Rectangle(component.getSize()));
  }

  /** Number of pixels of a component that are nearly of a colour. */
  int count(Component component, Color color) {
    return count(pixels(component), color);
  }

  /** Number of pixels of a place that are nearly of a colour. */
  int count(Rectangle r, Color color) {
    return Painting.count(image, color, r.x, r.y, r.width, r.height);
  }

  /** Number of pixels nearly of a colour in each column of pixels of a component. */
  int[] columns(Component component, Color color) {
    Rectangle r = pixels(component);
    int[] counts = new int[r.width];
    for (int x = 0; x < r.width; x++) {
      counts[x] = count(new Rectangle(r.x + x, r.y, 1, r.height), color);
    }
    return counts;
  }

  /** How many stretches of columns, or of anything, are at least so high. */
  static int stretches(int[] counts, int least) {
    int found = 0;
    for (int i = 0; i < counts.length; i++) {
      found += counts[i] >= least && (i == 0 || counts[i - 1] < least) ? 1 : 0;
    }
    return found;
  }

  /** Length of the longest stretch of a colour in a row of pixels of a component. */
  int longest(Component component, int y, Color color) {
    Rectangle r = pixels(component);
    int best = 0;
    int length = 0;
    for (int x = r.x; x < r.x + r.width; x++) {
      length = Painting.isNearly(image.getRGB(x, r.y + y), color) ? length + 1 : 0;
      best = Math.max(best, length);
    }
    return best;
  }

  /** The colour in the middle of a pixel of a component. */
  Color at(Component component, double x, double y) {
    Rectangle r = pixels(component);
    return new Color(image.getRGB(r.x + (int) (x * scale), r.y + (int) (y * scale)));
  }

  /** The share of the picture that is nearly of a colour. */
  double share(Color color) {
    return Painting.count(image, color) / ((double) image.getWidth() * image.getHeight());
  }

  /** Where all that can be seen is. */
  List<Rectangle> places() {
    List<Rectangle> places = new ArrayList<>();
    collect(part, places);
    return places;
  }

  private void collect(Container parent, List<Rectangle> places) {
    for (Component child : parent.getComponents()) {
      if (child.isVisible()) {
        places.add(place(child));
        if (child instanceof Container inner) {
          collect(inner, places);
        }
      }
    }
  }
}
