package dev.neurite.explorer.testbench;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.DigitTransfer;
import dev.neurite.explorer.ui.DigitView;
import dev.neurite.explorer.ui.DrawingCanvas;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.ProbabilityBars;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.WrappedText;
import java.awt.GridLayout;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.AbstractButton;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.JToggleButton;
import javax.swing.SwingConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A canvas, what the network sees of it, its answer, and the ten probabilities. */
public final class TestbenchPanel extends JPanel implements TestbenchView {
  private static final long serialVersionUID = 1L;

  /** Steps of the slider for one pixel of blur. */
  private static final int BLUR_STEPS = 2;

  private static final int LARGEST_BLUR = 3;

  /** The brush in thousandths of the canvas. */
  private static final int SMALLEST_BRUSH = 30;

  private static final int LARGEST_BRUSH = 180;

  private static final String ANSWER = "font: bold +44; foreground: $Component.accentColor";
  private static final String ANSWER_IN_WORDS = "font: bold +8; foreground: $Component.accentColor";

  private transient @Nullable TestbenchPresenter presenter;

  private final DrawingCanvas canvas = new DrawingCanvas();
  private final DigitView seen = new DigitView();
  private final JLabel answer = new JLabel("", SwingConstants.CENTER);
  private final WrappedText sentence = new WrappedText(3);
  private final ProbabilityBars bars = new ProbabilityBars();
  private final ProbabilityBars rivalBars = new ProbabilityBars(Palette::validation);
  private final JLabel barsTitle = Captions.caption("");
  private final JLabel rivalTitle = Captions.caption("");
  private final JPanel rivalColumn = column(rivalTitle, rivalBars);
  private final JPanel bothColumns = new JPanel(new GridLayout(1, 0, 10, 0));
  private final JComboBox<String> rivals = new JComboBox<>();
  private final JLabel title = Captions.title("");
  private final JLabel model = Captions.faint("");
  private final JToggleButton pen = tool(new JToggleButton(), SignIcon.Sign.PEN, "testbench.pen");
  private final JToggleButton eraser =
      tool(new JToggleButton(), SignIcon.Sign.ERASER, "testbench.eraser");
  private final JButton undo = tool(new JButton(), SignIcon.Sign.UNDO, "testbench.undo");
  private final JButton redo = tool(new JButton(), SignIcon.Sign.REDO, "testbench.redo");
  private final JButton clear = new JButton(Texts.get("testbench.clear"));
  private final JButton keep = new JButton(Texts.get("testbench.keep"));
  private final JSlider brush =
      new JSlider(
          SMALLEST_BRUSH, LARGEST_BRUSH, (int) Math.round(1000 * DrawingCanvas.USUAL_BRUSH));
  private final JSlider blur =
      new JSlider(0, LARGEST_BLUR * BLUR_STEPS, (int) (TestbenchPresenter.USUAL_BLUR * BLUR_STEPS));
  private boolean filling;

  /** An empty canvas. */
  public TestbenchPanel() {
    super(
        new MigLayout(
            "insets 12 12 10 14, fill, wrap 1, hidemode 3",
            "[grow, fill]",
            "[]2[]6[]6[]4[]6[]4[]4[]4[grow, fill]"));
    add(title);
    add(model, "wmin 60");
    canvas.getAccessibleContext().setAccessibleName(Texts.get("testbench.canvas"));
    canvas.setToolTipText(Texts.get("testbench.canvas.help"));
    add(canvas, "height 150:240:300, grow");
    add(tools());
    add(sliders());
    add(reading());
    add(sentence, "growx, wmin 60");
    add(comparison());
    add(probabilities(), "grow, push, hmin 160, hmax 280, aligny top");
    listen();
    nameThing(ClassWords.DIGITS);
    drawingChanged();
  }

  private static <B extends AbstractButton> B tool(B button, SignIcon.Sign sign, String key) {
    button.setIcon(new SignIcon(sign, 14));
    button.putClientProperty(FlatClientProperties.BUTTON_TYPE, "toolBarButton");
    button.setToolTipText(Texts.get(key + ".help"));
    button.getAccessibleContext().setAccessibleName(Texts.get(key));
    button.setFocusable(true);
    return button;
  }

  private JPanel tools() {
    ButtonGroup one = new ButtonGroup();
    one.add(pen);
    one.add(eraser);
    pen.setSelected(true);
    clear.setMnemonic('C');
    clear.setToolTipText(Texts.get("testbench.clear.help"));
    undo.setMnemonic('U');
    keep.setMnemonic('K');
    keep.setToolTipText(Texts.get("testbench.keep.help"));
    JPanel tools =
        new JPanel(
            new MigLayout("insets 0, gap 2, fillx", "[][][][]6:push[fill]4[fill]", "[center]"));
    tools.add(pen);
    tools.add(eraser);
    tools.add(undo);
    tools.add(redo);
    tools.add(clear);
    tools.add(keep);
    return tools;
  }

  private JPanel sliders() {
    JPanel sliders =
        new JPanel(
            new MigLayout("insets 0, fillx", "[]4[grow, fill]10[]4[grow, fill]", "[center]"));
    sliders.add(label("testbench.brush", brush));
    sliders.add(brush, "wmin 40, width 60");
    sliders.add(label("testbench.blur", blur));
    sliders.add(blur, "wmin 40, width 60");
    blur.setSnapToTicks(true);
    blur.setMajorTickSpacing(1);
    return sliders;
  }

  private static JLabel label(String key, JComponent target) {
    JLabel label = Captions.faint(Texts.get(key));
    label.setLabelFor(target);
    target.getAccessibleContext().setAccessibleName(Texts.get(key));
    target.setToolTipText(Texts.get(key + ".help"));
    return label;
  }

  private JPanel reading() {
    JPanel reading = new JPanel(new MigLayout("insets 0, fillx", "[84!][grow, fill]", "[84!]2[]"));
    seen.getAccessibleContext().setAccessibleName(Texts.get("testbench.seen"));
    reading.add(seen, "width 84!, height 84!");
    answer.putClientProperty(FlatClientProperties.STYLE, ANSWER);
    reading.add(answer, "height 84!, wmin 60, wrap");
    reading.add(Captions.faint(Texts.get("testbench.seen")), "span");
    return reading;
  }

  private JPanel comparison() {
    JPanel comparison = new JPanel(new MigLayout("insets 0, fillx", "[]6[grow, fill]"));
    comparison.add(label("testbench.rival", rivals));
    comparison.add(rivals, "wmin 60");
    return comparison;
  }

  private JPanel probabilities() {
    bars.getAccessibleContext().setAccessibleName(Texts.get("testbench.bars"));
    rivalBars.getAccessibleContext().setAccessibleName(Texts.get("testbench.rival.bars"));
    bothColumns.add(column(barsTitle, bars));
    return bothColumns;
  }

  private static JPanel column(JLabel title, ProbabilityBars bars) {
    JPanel column =
        new JPanel(
            new MigLayout("insets 0, fill, wrap 1, hidemode 3", "[grow, fill]", "[]2[grow, fill]"));
    column.add(title, "wmin 0");
    column.add(bars, "grow, push");
    return column;
  }

  private void listen() {
    clear.addActionListener(event -> canvas.clear());
    undo.addActionListener(event -> canvas.undo());
    redo.addActionListener(event -> canvas.redo());
    pen.addActionListener(event -> canvas.setErasing(false));
    eraser.addActionListener(event -> canvas.setErasing(true));
    keep.addActionListener(event -> tell(TestbenchPresenter::keep));
    brush.addChangeListener(event -> canvas.setBrush(brush.getValue() / 1000.0));
    blur.addChangeListener(event -> tell(p -> p.chooseBlur(blur.getValue() / (double) BLUR_STEPS)));
    rivals.addActionListener(event -> tell(p -> p.chooseRival(rivals.getSelectedIndex())));
    canvas.onChange(this::drawingChanged);
    DigitTransfer transfer =
        new DigitTransfer(
            point -> canvas.sample().orElse(null),
            new DigitTransfer.Receiver() {
              @Override
              public void sample(DigitSample sample) {
                tell(p -> p.look(sample));
              }

              @Override
              public void pictures(List<OutsidePicture> pictures) {
                tell(p -> p.brought(pictures));
              }
            },
            Texts.get("slots.pasted"));
    canvas.setTransferHandler(transfer);
    setTransferHandler(transfer);
  }

  private void tell(Consumer<TestbenchPresenter> news) {
    TestbenchPresenter listener = presenter;
    if (listener != null && !filling) {
      news.accept(listener);
    }
  }

  /** Names who hears what the user does. */
  public void setPresenter(TestbenchPresenter newPresenter) {
    presenter = newPresenter;
  }

  /** What the user draws on. */
  public DrawingCanvas canvas() {
    return canvas;
  }

  private void nameThing(ClassWords classes) {
    title.setText(Texts.format("testbench.title", classes.thing()));
    canvas.setHint(Texts.format("testbench.hint", classes.thing()));
  }

  private void drawingChanged() {
    clear.setEnabled(!canvas.isEmpty());
    keep.setEnabled(!canvas.isEmpty());
    undo.setEnabled(canvas.canUndo());
    redo.setEnabled(canvas.canRedo());
    if (canvas.isEmpty()) {
      tell(TestbenchPresenter::cleared);
    } else {
      canvas
          .sample()
          .ifPresentOrElse(
              sample -> tell(p -> p.given(sample)), () -> tell(p -> p.drawn(canvas.picture())));
    }
  }

  @Override
  public void showSample(DigitSample sample) {
    canvas.show(sample);
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
  public void showRivalProbabilities(List<Float> probabilities, int winner) {
    rivalBars.setProbabilities(probabilities, winner);
  }

  @Override
  public void showClasses(ClassWords own, ClassWords rival) {
    nameThing(own);
    bars.setClasses(own);
    rivalBars.setClasses(rival);
  }

  @Override
  public void showAnswer(String name, String text) {
    answer.putClientProperty(
        FlatClientProperties.STYLE, name.length() > 2 ? ANSWER_IN_WORDS : ANSWER);
    answer.setText(name);
    answer.setToolTipText(name.isEmpty() ? null : name);
    sentence.setText(text);
  }

  @Override
  public void showModel(String text) {
    model.setText(text);
    model.setToolTipText(text);
  }

  @Override
  public void showRivals(List<String> names, int selected, String answering) {
    filling = true;
    boolean same = names.size() == rivals.getItemCount();
    for (int i = 0; same && i < names.size(); i++) {
      same = names.get(i).equals(rivals.getItemAt(i));
    }
    if (!same) {
      rivals.removeAllItems();
      names.forEach(rivals::addItem);
    }
    rivals.setSelectedIndex(selected);
    rivals.setEnabled(names.size() > 1);
    barsTitle.setText(answering);
    barsTitle.setToolTipText(answering);
    barsTitle.setVisible(selected > 0);
    rivalTitle.setText(names.get(selected));
    rivalTitle.setToolTipText(names.get(selected));
    boolean compared = rivalColumn.getParent() != null;
    if (selected > 0 && !compared) {
      bothColumns.add(rivalColumn);
      bothColumns.revalidate();
    } else if (selected <= 0 && compared) {
      bothColumns.remove(rivalColumn); // and the other column has all the width
      bothColumns.revalidate();
      bothColumns.repaint();
    }
    filling = false;
  }
}
