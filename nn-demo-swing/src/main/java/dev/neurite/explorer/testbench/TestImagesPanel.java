package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.ConfusionGrid;
import dev.neurite.explorer.ui.DigitGrid;
import dev.neurite.explorer.ui.DigitTransfer;
import dev.neurite.explorer.ui.WrappedText;
import java.awt.event.HierarchyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.ScrollPaneConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** Pages of test images beside the confusion matrix. */
public final class TestImagesPanel extends JPanel implements TestImagesView {
  private static final long serialVersionUID = 1L;

  private transient @Nullable TestImagesPresenter presenter;
  private transient List<Prediction> shown = List.of();
  private transient ImageFilter filter = ImageFilter.ALL;
  private final WrappedText message = new WrappedText(2);
  private final JComboBox<String> actual = box("images.actual");
  private final JComboBox<String> predicted = box("images.predicted");
  private final JCheckBox mistakes = new JCheckBox(Texts.get("images.mistakesOnly"));
  private final JTextField search = new JTextField(6);
  private final JButton previous = new JButton("\u2039");
  private final JButton next = new JButton("\u203a");
  private final JLabel pageText = Captions.faint("");
  private final DigitGrid grid = new DigitGrid();
  private final ConfusionGrid confusion = new ConfusionGrid();
  private boolean filling;
  private transient ClassWords classes = ClassWords.DIGITS;

  /** Shows nothing yet. */
  public TestImagesPanel() {
    super(
        new MigLayout("insets 12 14 8 14, fill, wrap 1", "[grow, fill]", "[]4[]6[]6[grow, fill]"));
    add(Captions.title(Texts.get("images.title")));
    add(message, "growx, wmin 60");
    JPanel bar = new JPanel(new MigLayout("insets 0", "[]4[]10[]4[]10[]10[]4[]"));
    bar.add(Captions.faint(Texts.get("images.actual")));
    bar.add(actual);
    bar.add(Captions.faint(Texts.get("images.predicted")));
    bar.add(predicted);
    bar.add(mistakes);
    bar.add(Captions.faint(Texts.get("images.search")));
    bar.add(search);
    search.getAccessibleContext().setAccessibleName(Texts.get("images.search"));
    add(bar, "wmin 60");
    JPanel body =
        new JPanel(
            new MigLayout(
                "insets 0, fill", "[grow 100, fill]12[240:300:340, fill]", "[grow, fill]6[]"));
    JScrollPane scroll =
        new JScrollPane(
            grid,
            ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
            ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
    scroll.setBorder(BorderFactory.createEmptyBorder());
    scroll.getVerticalScrollBar().setUnitIncrement(30);
    body.add(scroll, "grow, push, wmin 140");
    JPanel side = new JPanel(new MigLayout("insets 0, wrap 1, fillx", "[grow, fill]", "[]4[]"));
    side.add(Captions.section(Texts.get("images.confusion")));
    side.add(confusion, "height 190:280:320");
    body.add(side, "aligny top, growy 0, wrap");
    JPanel pages = new JPanel(new MigLayout("insets 0", "[]6[]6[]"));
    pages.add(previous);
    pages.add(pageText);
    pages.add(next);
    body.add(pages);
    add(body, "grow, push");
    previous.getAccessibleContext().setAccessibleName(Texts.get("images.previous"));
    next.getAccessibleContext().setAccessibleName(Texts.get("images.next"));
    grid.getAccessibleContext().setAccessibleName(Texts.get("images.title"));
    confusion.getAccessibleContext().setAccessibleName(Texts.get("images.confusion"));
    listen();
  }

  private static void fill(JComboBox<String> box, ClassWords classes) {
    box.removeAllItems();
    box.addItem(Texts.get("images.any"));
    classes.names().forEach(box::addItem);
  }

  private static JComboBox<String> box(String key) {
    JComboBox<String> box = new JComboBox<>();
    fill(box, ClassWords.DIGITS);
    box.getAccessibleContext().setAccessibleName(Texts.get(key));
    return box;
  }

  private void listen() {
    actual.addActionListener(event -> chosen());
    predicted.addActionListener(event -> chosen());
    mistakes.addActionListener(event -> chosen());
    search.addActionListener(event -> tell(p -> p.find(search.getText())));
    previous.addActionListener(event -> tell(p -> p.turn(-1)));
    next.addActionListener(event -> tell(p -> p.turn(1)));
    grid.onChoice(place -> tell(p -> p.look(shown.get(place).index())));
    grid.onKeep(place -> tell(p -> p.keep(shown.get(place).index())));
    new DigitTransfer(grid::sampleAt, null, Texts.get("slots.pasted")).dragFrom(grid);
    confusion.onChoice((a, b) -> tell(p -> p.choose(new ImageFilter(a, b, false))));
    addHierarchyListener(
        event -> {
          if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
            tell(p -> p.setVisible(isShowing()));
          }
        });
  }

  private void chosen() {
    tell(
        p ->
            p.choose(
                new ImageFilter(
                    actual.getSelectedIndex() - 1,
                    predicted.getSelectedIndex() - 1,
                    mistakes.isSelected())));
  }

  private void tell(Consumer<TestImagesPresenter> news) {
    TestImagesPresenter listener = presenter;
    if (listener != null && !filling) {
      news.accept(listener);
    }
  }

  /** Names who hears what the user does. */
  public void setPresenter(TestImagesPresenter newPresenter) {
    presenter = newPresenter;
  }

  @Override
  public void showClasses(ClassWords newClasses) {
    filling = true;
    classes = newClasses;
    fill(actual, classes);
    fill(predicted, classes);
    confusion.setClasses(classes);
    filling = false;
  }

  @Override
  public void showMessage(String text) {
    message.setText(text);
  }

  @Override
  public void showPage(
      List<DigitSample> samples, List<Prediction> predictions, int page, int pages) {
    shown = predictions;
    List<DigitGrid.Entry> entries = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Prediction p = predictions.get(i);
      String text =
          p.predicted() < 0
              ? classes.name(p.actual())
              : Texts.format(
                  "images.entry",
                  classes.name(p.actual()),
                  classes.name(p.predicted()),
                  Math.round(100 * p.confidence()));
      entries.add(
          new DigitGrid.Entry(
              samples.get(i),
              text,
              TestImagesPresenter.sentence(p, classes),
              p.predicted() >= 0 && p.isMistake()));
    }
    grid.setEntries(entries);
    pageText.setText(Texts.format("images.page", Figures.count(page), Figures.count(pages)));
    previous.setEnabled(page > 1);
    next.setEnabled(page < pages);
  }

  @Override
  public void showConfusion(List<List<Integer>> counts) {
    confusion.setCounts(counts);
  }

  @Override
  public void showFilter(ImageFilter newFilter) {
    filling = true;
    filter = newFilter;
    actual.setSelectedIndex(filter.actual() + 1);
    predicted.setSelectedIndex(filter.predicted() + 1);
    mistakes.setSelected(filter.mistakesOnly());
    filling = false;
  }
}
