package dev.neurite.explorer.ui;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JComponent;

/** Takes down every text that is painted: what it says, where, in which colour. */
public final class PaintedTexts extends VectorGraphics2D {
  /**
   * A text.
   *
   * @param text what was painted, cut or not
   * @param ink the rectangle around its letters, in pixels of the whole picture
   * @param visible the part of it that is not clipped away
   * @param color of the letters
   */
  public record Text(String text, Rectangle2D ink, Rectangle2D visible, Color color) {
    /** What is left to see when the same is painted over it, from the left, in another colour. */
    Text under(Text later) {
      if (!text.equals(later.text) || !ink.equals(later.ink) || later.visible.isEmpty()) {
        return this;
      }
      double left = later.visible.getMaxX();
      Rectangle2D rest =
          visible.createIntersection(
              new Rectangle2D.Double(left, ink.getY(), ink.getMaxX() - left, ink.getHeight()));
      return new Text(text, ink, rest.isEmpty() ? new Rectangle2D.Double() : rest, color);
    }
  }

  /** Shared by all copies that painting makes of this. */
  private final List<Text> texts = new ArrayList<>();

  private final JComponent root;

  private PaintedTexts(JComponent root) {
    this.root = root;
  }

  /** The texts of a component that is laid out; on the event thread. */
  public static List<Text> of(JComponent component) {
    PaintedTexts graphics = new PaintedTexts(component);
    graphics.clipRect(0, 0, component.getWidth(), component.getHeight());
    component.printAll(graphics);
    return List.copyOf(graphics.texts);
  }

  /** Text is as wide here as where it was measured for its place. */
  @Override
  public FontMetrics getFontMetrics(Font font) {
    return root.getFontMetrics(font);
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return getFontMetrics(getFont()).getFontRenderContext();
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (text.isBlank()) {
      return;
    }
    Font font = getFont();
    GlyphVector glyphs = font.createGlyphVector(getFontRenderContext(), text);
    Rectangle2D ink = glyphs.getVisualBounds();
    ink.setRect(ink.getX() + x, ink.getY() + y, ink.getWidth(), ink.getHeight());
    Shape clip = getClip();
    Rectangle2D visible = clip == null ? ink : ink.createIntersection(clip.getBounds2D());
    Text painted = new Text(text, placed(ink), placed(visible), getColor());
    texts.replaceAll(earlier -> earlier.under(painted));
    texts.add(painted);
  }

  private Rectangle2D placed(Rectangle2D rectangle) {
    return rectangle.isEmpty()
        ? new Rectangle2D.Double()
        : getTransform().createTransformedShape(rectangle).getBounds2D();
  }
}
