package dev.neurite.explorer.testbench;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.DigitView;
import dev.neurite.explorer.ui.DrawingCanvas;
import dev.neurite.explorer.ui.ProbabilityBars;
import dev.neurite.explorer.ui.WrappedText;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A canvas, what the network sees of it, its answer, and the ten probabilities. */
public final class TestbenchPanel extends JPanel implements TestbenchView {
  private static final long serialVersionUID = 1L;

  private transient @Nullable TestbenchPresenter presenter;

  private final DrawingCanvas canvas = new DrawingCanvas();
  private final DigitView seen = new DigitView();
  private final JLabel answer = new JLabel("", SwingConstants.CENTER);
  private final WrappedText sentence = new WrappedText(2);
  private final ProbabilityBars bars = new ProbabilityBars();
  private final JLabel model = Captions.faint("");
  private final JButton clear = new JButton(Texts.get("testbench.clear"));
  private final JButton undo = new JButton(Texts.get("testbench.undo"));

  /** An empty canvas. */
  public TestbenchPanel() {
    super(
        new MigLayout(
            "insets 12 12 10 14, fill, wrap 1", "[grow, fill]", "[]2[]6[]6[]8[]4[]6[grow, fill]"));
    add(Captions.title(Texts.get("testbench.title")));
    add(model, "wmin 60");
    canvas.setHint(Texts.get("testbench.hint"));
    canvas.getAccessibleContext().setAccessibleName(Texts.get("testbench.canvas"));
    canvas.setToolTipText(Texts.get("testbench.canvas.help"));
    add(canvas, "height 150:240:300, grow");
    add(clear, "split 2, growx");
    add(undo, "growx");
    JPanel reading = new JPanel(new MigLayout("insets 0, fillx", "[84!][grow, fill]", "[84!]2[]"));
    seen.getAccessibleContext().setAccessibleName(Texts.get("testbench.seen"));
    reading.add(seen, "width 84!, height 84!");
    answer.putClientProperty(
        FlatClientProperties.STYLE, "font: bold +44; foreground: $Component.accentColor");
    reading.add(answer, "height 84!, wrap");
    reading.add(Captions.faint(Texts.get("testbench.seen")), "span");
    add(reading);
    add(sentence, "growx, wmin 60");
    bars.getAccessibleContext().setAccessibleName(Texts.get("testbench.bars"));
    add(bars, "grow, push, hmin 150, hmax 260");
    clear.setMnemonic('C');
    undo.setMnemonic('U');
    clear.setToolTipText(Texts.get("testbench.clear.help"));
    undo.setToolTipText(Texts.get("testbench.undo.help"));
    clear.addActionListener(event -> canvas.clear());
    undo.addActionListener(event -> canvas.undo());
    canvas.onChange(this::drawingChanged);
    drawingChanged();
  }

  /** Names who hears what the user does. */
  public void setPresenter(TestbenchPresenter newPresenter) {
    presenter = newPresenter;
  }

  /** What the user draws on. */
  public DrawingCanvas canvas() {
    return canvas;
  }

  private void drawingChanged() {
    clear.setEnabled(!canvas.isEmpty());
    undo.setEnabled(!canvas.isEmpty());
    TestbenchPresenter listener = presenter;
    if (listener == null) {
      return;
    }
    if (canvas.isEmpty()) {
      listener.cleared();
    } else {
      listener.drawn(canvas.picture());
    }
  }

  @Override
  public void showSeen(List<Float> pixels) {
    seen.setPixels(pixels);
  }

  @Override
  public void showProbabilities(List<Float> probabilities, int winner) {
    bars.setProbabilities(probabilities, winner);
  }

  @Override
  public void showAnswer(String digit, String text) {
    answer.setText(digit);
    sentence.setText(text);
  }

  @Override
  public void showModel(String text) {
    model.setText(text);
    model.setToolTipText(text);
  }
}
