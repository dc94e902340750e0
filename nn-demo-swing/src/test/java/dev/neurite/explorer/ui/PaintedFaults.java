package dev.neurite.explorer.ui;

import java.awt.CardLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JViewport;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;

/**
 * What nobody should see in a component that is laid out: text that is cut short, runs out of its
 * place, lies on other text or can hardly be read; parts outside of what holds them, on one another
 * or without any room.
 */
public final class PaintedFaults {
  /** Least contrast of text, WCAG 2.1, level AA. */
  static final double LEAST_CONTRAST = 4.5;

  /** Letters may touch the next pixel. */
  private static final double SLACK = 1.5;

  private static final Set<String> DISABLED =
      Set.of(
          "Button.disabledText",
          "CheckBox.disabledText",
          "ComboBox.disabledForeground",
          "TextField.inactiveForeground",
          "Label.disabledForeground");

  private final JComponent root;
  private final BufferedImage image;
  private final int scale;
  private final List<String> faults = new ArrayList<>();

  private PaintedFaults(JComponent root, BufferedImage image, int scale) {
    this.root = root;
    this.image = image;
    this.scale = scale;
  }

  /**
   * The faults of a component; on the event thread.
   *
   * @param image the component as it was painted
   * @param scale pixels of the image for one of the component
   */
  public static List<String> of(JComponent root, BufferedImage image, int scale) {
    PaintedFaults found = new PaintedFaults(root, image, scale);
    List<PaintedTexts.Text> texts = PaintedTexts.of(root);
    if (texts.isEmpty()) {
      found.faults.add("no text at all");
    }
    texts.forEach(found::checkText);
    found.checkOverlaps(texts);
    found.checkPlaces(root);
    return found.faults;
  }

  private void checkText(PaintedTexts.Text text) {
    Rectangle2D visible = text.visible();
    if (visible.isEmpty()) {
      return; // scrolled out of sight
    }
    String words = text.text();
    if ((words.endsWith("...") || words.matches(".*[^ ]\u2026")) && !isTold(text)) {
      faults.add("cut short: " + words);
    }
    if (visible.getWidth() < text.ink().getWidth() - SLACK
            && !isSplit(text.ink())
            && !isScrolled(text.ink(), v -> v.getView().getWidth() > v.getWidth())
        || visible.getHeight() < text.ink().getHeight() - SLACK
            && !isScrolled(text.ink(), v -> v.getView().getHeight() > v.getHeight())) {
      faults.add("out of its place: " + words);
    }
    if (isDisabled(text.color())) {
      return;
    }
    Color below = background(visible);
    double contrast = contrast(text.color(), below);
    if (contrast < LEAST_CONTRAST) {
      faults.add(
          "hardly to be read (%.2f:1, #%06x on #%06x): %s"
              .formatted(
                  contrast, text.color().getRGB() & 0xFFFFFF, below.getRGB() & 0xFFFFFF, words));
    } else if (!hasInk(visible, text.color(), below)) {
      faults.add("hidden: " + words);
    }
  }

  private static boolean isDisabled(Color color) {
    return DISABLED.stream()
        .map(UIManager::getColor)
        .anyMatch(c -> c != null && c.getRGB() == color.getRGB());
  }

  /** Whether it is the text of a progress bar, which is painted in two parts of two colours. */
  private boolean isSplit(Rectangle2D ink) {
    return all(root, JProgressBar.class).anyMatch(b -> place(b).contains(ink));
  }

  /** Whether a label with this text, for example a name, says all of it when it is pointed at. */
  private boolean isTold(PaintedTexts.Text text) {
    Rectangle2D place = text.visible();
    Component there =
        SwingUtilities.getDeepestComponentAt(
            root, (int) place.getCenterX(), (int) place.getCenterY());
    String beginning = text.text().replaceFirst("(\\.\\.\\.|\u2026)$", "");
    return there instanceof JLabel label
        && label.getToolTipText() != null
        && label.getToolTipText().startsWith(beginning);
  }

  /** Whether it is where the edge of a part that can be scrolled may cut it. */
  private boolean isScrolled(Rectangle2D ink, Predicate<JViewport> scrolls) {
    return all(root, JViewport.class)
        .filter(v -> v.getView() != null)
        .filter(scrolls)
        .anyMatch(v -> place(v).intersects(ink));
  }

  private void checkOverlaps(List<PaintedTexts.Text> texts) {
    List<Rectangle> crowded = // a place for marks that may lie on one another
        all(root, ScatterMap.class).map(this::place).toList();
    List<PaintedTexts.Text> seen =
        texts.stream()
            .filter(t -> !t.visible().isEmpty())
            .filter(t -> crowded.stream().noneMatch(c -> c.contains(t.visible())))
            .toList();
    for (int i = 0; i < seen.size(); i++) {
      for (int j = i + 1; j < seen.size(); j++) {
        Rectangle2D both = seen.get(i).visible().createIntersection(seen.get(j).visible());
        if (both.getWidth() > SLACK && both.getHeight() > SLACK) {
          faults.add("on one another: %s | %s".formatted(seen.get(i).text(), seen.get(j).text()));
        }
      }
    }
  }

  private void checkPlaces(Container parent) {
    boolean scrolls = parent instanceof JViewport;
    boolean isHolder = parent instanceof JPanel || parent instanceof JScrollPane;
    List<Component> shown = Stream.of(parent.getComponents()).filter(Component::isVisible).toList();
    for (Component child : shown) {
      if (isHolder
          && !child.getBounds().isEmpty()
          && !new Rectangle(parent.getSize()).contains(seen(child))) {
        faults.add(
            "%s at %s sticks out of %s of %d×%d"
                .formatted(
                    name(child),
                    words(seen(child)),
                    name(parent),
                    parent.getWidth(),
                    parent.getHeight()));
      }
      Dimension wanted = child.getPreferredSize();
      if ((isHolder || scrolls)
          && child.getBounds().isEmpty()
          && wanted.width > 0
          && wanted.height > 0) {
        faults.add("no room for " + name(child));
      }
      if (child instanceof Container inner) {
        checkPlaces(inner);
      }
    }
    if (parent.getLayout() instanceof CardLayout || !isHolder) {
      return; // one in front of the others
    }
    for (int i = 0; i < shown.size(); i++) {
      for (int j = i + 1; j < shown.size(); j++) {
        if (seen(shown.get(i)).intersects(seen(shown.get(j)))) {
          faults.add("%s lies on %s".formatted(name(shown.get(i)), name(shown.get(j))));
        }
      }
    }
  }

  /** Where a component is without the margin that its focus would be shown in. */
  private static Rectangle seen(Component component) {
    Rectangle bounds = component.getBounds();
    if (component instanceof JComponent swing
        && swing.getClientProperty("visualPadding") instanceof Insets margin) {
      return new Rectangle(
          bounds.x + margin.left,
          bounds.y + margin.top,
          bounds.width - margin.left - margin.right,
          bounds.height - margin.top - margin.bottom);
    }
    return bounds;
  }

  private static String words(Rectangle r) {
    return "%d,%d of %d×%d".formatted(r.x, r.y, r.width, r.height);
  }

  private static String name(Component component) {
    String said =
        component.getAccessibleContext() == null
            ? null
            : component.getAccessibleContext().getAccessibleName();
    return component.getClass().getSimpleName() + (said == null ? "" : " '" + said + "'");
  }

  private Rectangle place(Component component) {
    return SwingUtilities.convertRectangle(component.getParent(), component.getBounds(), root);
  }

  private static <T extends Component> Stream<T> all(Container parent, Class<T> kind) {
    return Stream.of(parent.getComponents())
        .filter(Component::isVisible)
        .flatMap(
            c ->
                Stream.concat(
                    kind.isInstance(c) ? Stream.of(kind.cast(c)) : Stream.empty(),
                    c instanceof Container inner ? all(inner, kind) : Stream.empty()));
  }

  /** The commonest colour of a place and a little around it. */
  private Color background(Rectangle2D place) {
    Map<Integer, Integer> counts = new HashMap<>();
    Rectangle pixels = pixels(place, 1);
    for (int y = pixels.y; y < pixels.y + pixels.height; y++) {
      for (int x = pixels.x; x < pixels.x + pixels.width; x++) {
        counts.merge(image.getRGB(x, y), 1, Integer::sum);
      }
    }
    return new Color(
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow());
  }

  /** Whether something of the colour of the text is there, if only mixed with what is below. */
  private boolean hasInk(Rectangle2D place, Color text, Color below) {
    Rectangle pixels = pixels(place, 0);
    double whole = Painting.distance(text.getRGB(), below.getRGB());
    for (int y = pixels.y; y < pixels.y + pixels.height; y++) {
      for (int x = pixels.x; x < pixels.x + pixels.width; x++) {
        if (Painting.distance(image.getRGB(x, y), text.getRGB()) < whole / 2) {
          return true;
        }
      }
    }
    return false;
  }

  private Rectangle pixels(Rectangle2D place, int around) {
    Rectangle2D scaled =
        new Rectangle2D.Double(
            (place.getX() - around) * scale,
            (place.getY() - around) * scale,
            (place.getWidth() + 2 * around) * scale,
            (place.getHeight() + 2 * around) * scale);
    return scaled.getBounds().intersection(new Rectangle(image.getWidth(), image.getHeight()));
  }

  /** WCAG 2.1, contrast ratio. */
  static double contrast(Color a, Color b) {
    double la = luminance(a) + 0.05;
    double lb = luminance(b) + 0.05;
    return Math.max(la, lb) / Math.min(la, lb);
  }

  private static double luminance(Color c) {
    return 0.2126 * linear(c.getRed())
        + 0.7152 * linear(c.getGreen())
        + 0.0722 * linear(c.getBlue());
  }

  private static double linear(int component) {
    double s = component / 255.0;
    return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
  }
}
