package dev.neurite.explorer.app;

import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import javax.swing.JFrame;

/** The main window; closing it closes the app. */
public final class ExplorerFrame extends JFrame {
  private static final long serialVersionUID = 1L;
  private static final Dimension WANTED = new Dimension(1440, 900);
  private static final Dimension SMALLEST = new Dimension(1080, 620);

  /**
   * A window that is not shown yet.
   *
   * @param app what it shows
   * @param closed called once, after the app was told to end
   */
  public ExplorerFrame(ExplorerApp app, Runnable closed) {
    super(Texts.get("app.title"));
    setIconImages(List.of(icon(16), icon(32), icon(64)));
    setContentPane(app.content());
    setMinimumSize(SMALLEST);
    Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
    setSize(Math.min(WANTED.width, screen.width), Math.min(WANTED.height, screen.height));
    setLocationRelativeTo(null);
    setDefaultCloseOperation(DISPOSE_ON_CLOSE);
    addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowOpened(WindowEvent event) {
            app.content().testbench().canvas().requestFocusInWindow();
          }

          @Override
          public void windowClosed(WindowEvent event) {
            app.close();
            closed.run();
          }
        });
  }

  /** Three dots joined to one: a unit and its inputs. */
  private static Image icon(int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.scale(size / 16.0, size / 16.0);
    g.setColor(Theme.LIGHT.palette().accent());
    g.fillRoundRect(0, 0, 16, 16, 5, 5);
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(1.2f));
    for (int y : new int[] {4, 8, 12}) {
      g.drawLine(4, y, 12, 8);
      g.fillOval(2, y - 2, 4, 4);
    }
    g.fillOval(9, 5, 6, 6);
    g.dispose();
    return image;
  }
}
