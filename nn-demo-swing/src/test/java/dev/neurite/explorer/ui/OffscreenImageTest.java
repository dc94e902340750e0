package dev.neurite.explorer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import javax.swing.JPanel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffscreenImageTest {
  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 2})
  void onlyWhatLooksAnotherWayIsShownAnew(double scale) {
    Painting.run(
        () -> {
          JPanel panel = new JPanel();
          panel.setSize(100, 60);
          OffscreenImage picture = new OffscreenImage();
          assertThat(picture.update(panel, g -> {})).isEqualTo(new Rectangle(0, 0, 100, 60));

          BufferedImage screen =
              new BufferedImage(
                  (int) (100 * scale), (int) (60 * scale), BufferedImage.TYPE_INT_RGB);
          show(picture, panel, screen, scale, null, 10);
          assertThat(screen.getRGB((int) (14 * scale), (int) (24 * scale)))
              .isEqualTo(Color.RED.getRGB());

          assertThat(picture.update(panel, g -> square(g, 10)).isEmpty()).isTrue();
          Rectangle changed = picture.update(panel, g -> square(g, 18));
          assertThat(changed).isEqualTo(new Rectangle(10, 20, 18, 10));

          show(picture, panel, screen, scale, changed, 18);
          assertThat(screen.getRGB((int) (12 * scale), (int) (24 * scale)))
              .isNotEqualTo(Color.RED.getRGB());
          assertThat(screen.getRGB((int) (26 * scale), (int) (24 * scale)))
              .isEqualTo(Color.RED.getRGB());
        });
  }

  @Test
  void theCornersFollowTheColourBehind() {
    Painting.run(
        () -> {
          JPanel behind = new JPanel(null);
          JPanel panel = new JPanel();
          panel.setOpaque(false);
          panel.setSize(100, 60);
          behind.add(panel);
          OffscreenImage picture = new OffscreenImage();
          BufferedImage screen = new BufferedImage(100, 60, BufferedImage.TYPE_INT_RGB);
          for (Color colour : List.of(Color.WHITE, Color.DARK_GRAY)) {
            behind.setBackground(colour);
            show(picture, panel, screen, 1, null, 10);
            assertThat(screen.getRGB(0, 0)).isEqualTo(colour.getRGB());
          }
        });
  }

  private static void show(
      OffscreenImage picture,
      JPanel panel,
      BufferedImage screen,
      double scale,
      Rectangle clip,
      int x) {
    Graphics2D g = screen.createGraphics();
    g.scale(scale, scale);
    if (clip != null) {
      g.setClip(clip);
    }
    picture.paint(g, panel, area -> square(area, x));
    g.dispose();
  }

  private static void square(Graphics2D g, int x) {
    g.setColor(Color.RED);
    g.fillRect(x, 20, 10, 10);
  }
}
