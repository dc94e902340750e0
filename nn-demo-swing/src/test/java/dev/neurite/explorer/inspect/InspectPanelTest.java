package dev.neurite.explorer.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.NowAnalysis;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.Painting;
import dev.neurite.explorer.ui.Theme;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The panel with a real presenter and a real network, painted and looked at. */
class InspectPanelTest {
  private static final int WIDTH = 690;
  private static final int HEIGHT = 600;

  /** Everything below the tabs. */
  private static final int BODY = 150;

  private final EventThreadRule rule = EventThreadRule.install();

  @AfterEach
  void onlyTheEventThreadTouchedSwing() {
    assertThat(rule.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1", "LIGHT, 2", "DARK, 1", "DARK, 2"})
  void everyViewShowsTheNetworkAndTheDigit(Theme theme, int scale) {
    Painting.run(
        () -> {
          theme.apply();
          Session session = new Session();
          InspectPanel panel = new InspectPanel();
          InspectPresenter presenter = new InspectPresenter(panel, session, new NowAnalysis());
          panel.setPresenter(presenter);
          List<BufferedImage> empty = new ArrayList<>();
          for (InspectTab tab : InspectTab.values()) {
            panel.open(tab);
            empty.add(Painting.paint(panel, WIDTH, HEIGHT, scale));
          }
          session.setData(new DataState.Ready(TinyDigits.split(100)));
          session.update(
              session.begin(TinyDigits.experiment(1)).withPredictor(TinyDigits.predictor(1)));
          session.lookAt(TinyDigits.sample(4).pixels());
          presenter.setVisible(true);
          int views = 0;
          for (InspectTab tab : InspectTab.values()) {
            panel.open(tab);
            BufferedImage full = Painting.paint(panel, WIDTH, HEIGHT, scale);
            assertThat(different(empty.get(tab.ordinal()), full, scale))
                .as("something to see in %s", tab)
                .isGreaterThan(700 * scale * scale);
            session.update(
                session
                    .answering()
                    .orElseThrow()
                    .withPredictor(TinyDigits.predictor(2 + tab.ordinal())));
            BufferedImage other = Painting.paint(panel, WIDTH, HEIGHT, scale);
            assertThat(different(full, other, scale))
                .as("another network in %s", tab)
                .isGreaterThan(300 * scale * scale);
            views++;
          }
          assertThat(views).isEqualTo(4);
          panel.open(InspectTab.SALIENCY);
          BufferedImage four = Painting.paint(panel, WIDTH, HEIGHT, scale);
          session.lookAt(TinyDigits.sample(7).pixels());
          assertThat(different(four, Painting.paint(panel, WIDTH, HEIGHT, scale), scale))
              .as("another digit")
              .isGreaterThan(1000 * scale * scale);
        });
  }

  @ParameterizedTest
  @CsvSource({"690", "1300"})
  void theChooserOfDigitsStandsBesideItsLabel(int width) {
    Painting.run(
        () -> {
          Theme.LIGHT.apply();
          InspectPanel panel = new InspectPanel();
          panel.open(InspectTab.SALIENCY);
          Painting.paint(panel, width, HEIGHT, 1);
          JLabel label = label(panel, Texts.get("inspect.target"));
          assertThat(label).isNotNull();
          Component chooser = label.getLabelFor();
          assertThat(chooser).isInstanceOf(JComboBox.class);
          Point end = SwingUtilities.convertPoint(label, label.getWidth(), 0, panel);
          Point start = SwingUtilities.convertPoint(chooser, 0, 0, panel);
          assertThat(start.x - end.x).isBetween(0, 12);
          assertThat(label.getWidth()).isLessThanOrEqualTo(label.getPreferredSize().width + 2);
        });
  }

  private static int different(BufferedImage a, BufferedImage b, int scale) {
    int height = a.getHeight() - BODY * scale;
    return Painting.different(
        a.getSubimage(0, BODY * scale, a.getWidth(), height),
        b.getSubimage(0, BODY * scale, b.getWidth(), height));
  }

  private static JLabel label(Container parent, String text) {
    for (Component child : parent.getComponents()) {
      if (child instanceof JLabel label && text.equals(label.getText())) {
        return label;
      }
      if (child instanceof Container container) {
        JLabel found = label(container, text);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
