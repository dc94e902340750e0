package dev.neurite.explorer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Dimension;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault is found where it is, and only there. */
class PaintedFaultsTest {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 100;

  private static List<String> faults(int scale, Consumer<JPanel> parts) {
    return Painting.onEventThread(
        () -> {
          Theme.LIGHT.apply();
          JPanel panel = new JPanel(null);
          panel.setSize(WIDTH, HEIGHT);
          Screen.put(panel, scale);
          parts.accept(panel);
          return PaintedFaults.of(panel, Picture.asItStands(panel, scale), scale);
        });
  }

  private static JLabel label(JPanel panel, String text, int x, int y, int width) {
    JLabel label = new JLabel(text);
    label.setBounds(x, y, width, 20);
    panel.add(label);
    return label;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsRightHasNone(int scale) {
    assertThat(
            faults(
                scale,
                p -> {
                  label(p, "A label", 10, 10, 80);
                  label(p, "beside it", 100, 10, 80);
                  JButton off = new JButton("Off");
                  off.setEnabled(false); // need not be easy to read
                  off.setBounds(10, 40, 80, 25);
                  p.add(off);
                }))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void textIsCutShortUnlessItIsToldInFull(int scale) {
    assertThat(faults(scale, p -> label(p, "Far too long for this", 10, 10, 60)))
        .singleElement()
        .asString()
        .startsWith("cut short: Far");
    assertThat(
            faults(
                scale,
                p ->
                    label(p, "Far too long for this", 10, 10, 60)
                        .setToolTipText("Far too long for this")))
        .isEmpty();
  }

  @Test
  void textRunsOutOfItsPlace() {
    assertThat(faults(1, p -> label(p, "Over the edge", WIDTH - 30, 10, 100)))
        .anyMatch(f -> f.startsWith("out of its place: Over the edge"))
        .anyMatch(f -> f.startsWith("JLabel 'Over the edge' at 270,10 of 100×20 sticks out of"))
        .hasSize(2);
    assertThat(faults(1, p -> label(p, "Too low", 10, HEIGHT - 10, 100)))
        .anyMatch(f -> f.startsWith("out of its place: Too low"));
    assertThat(
            faults(
                1,
                p -> {
                  JPanel page = new JPanel(null);
                  label(page, "Scrolled", 5, 45, 80);
                  page.setPreferredSize(new Dimension(100, 200));
                  JScrollPane scroll = new JScrollPane(page);
                  scroll.setBounds(10, 10, 150, 60);
                  p.add(scroll);
                  Picture.layOut(p, WIDTH, HEIGHT);
                }))
        .isEmpty();
  }

  @Test
  void textLiesOnText() {
    assertThat(
            faults(
                1,
                p -> {
                  label(p, "One", 10, 10, 60);
                  label(p, "Two", 15, 12, 60);
                }))
        .contains("on one another: Two | One", "JLabel 'One' lies on JLabel 'Two'");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void textCanHardlyBeRead(int scale) {
    assertThat(faults(scale, p -> label(p, "Pale", 10, 10, 60).setForeground(new Color(0x808488))))
        .singleElement()
        .asString()
        .startsWith("hardly to be read (3.");
  }

  @Test
  void textIsHiddenBehindAnotherPart() {
    assertThat(
            faults(
                1,
                p -> {
                  JPanel curtain = new JPanel();
                  curtain.setBounds(0, 0, 120, 50);
                  p.add(curtain);
                  label(p, "Behind", 10, 10, 60);
                }))
        .contains("hidden: Behind");
  }

  @Test
  void aPartHasNoRoom() {
    assertThat(
            faults(
                1,
                p -> {
                  label(p, "There", 10, 10, 60);
                  label(p, "Nowhere", 80, 10, 0);
                }))
        .containsExactly("no room for JLabel 'Nowhere'");
  }

  @Test
  void nothingAtAllIsAFault() {
    assertThat(faults(1, p -> p.setBackground(Color.WHITE))).containsExactly("no text at all");
  }
}
