package dev.neurite.explorer.lessons;

import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.WrappedText;
import java.awt.BorderLayout;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTabbedPane;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The tour, the pages, the keys and the About page, each in a tab. */
public final class LessonsPanel extends JPanel implements LessonsView {
  private static final long serialVersionUID = 1L;

  /** The pages in their order. */
  static final List<String> PAGES = List.of("dropout", "schedules", "pruning", "overfitting");

  /** Letters of a line. */
  private static final int LINE = 76;

  /** Letters of a line of the page of keys. */
  private static final int KEYS_LINE = 62;

  /** The parts of a step. */
  private record Row(JLabel title, JButton begin, WrappedText news) {}

  private final JTabbedPane tabs = new JTabbedPane();
  private final JButton whole = new JButton();
  private final WrappedText tourText = new WrappedText(2);

  private transient @Nullable LessonsPresenter presenter;
  private final transient Map<TourStep, Row> rows = new EnumMap<>(TourStep.class);

  /** A tour that has not begun. */
  public LessonsPanel() {
    super(new BorderLayout());
    tabs.addTab(Texts.get("lessons.tour"), scroll(tour()));
    tabs.addTab(Texts.get("lessons.pages"), scroll(pages()));
    tabs.addTab(Texts.get("lessons.keys"), scroll(keys()));
    tabs.addTab(Texts.get("lessons.about"), scroll(about()));
    add(tabs, BorderLayout.CENTER);
  }

  /** Names who hears what the user does. */
  public void setPresenter(LessonsPresenter newPresenter) {
    presenter = newPresenter;
  }

  private static JScrollPane scroll(JPanel page) {
    JScrollPane scroll = new JScrollPane(page);
    scroll.setBorder(BorderFactory.createEmptyBorder());
    scroll.getVerticalScrollBar().setUnitIncrement(16);
    return scroll;
  }

  private static JPanel page() {
    return new JPanel(new MigLayout("insets 14 18 14 18, fillx, wrap 1", "[grow, fill]", "[]6[]"));
  }

  private static WrappedText text(String key) {
    WrappedText text = new WrappedText(1);
    text.setLongText(Texts.get(key), LINE);
    return text;
  }

  private JPanel tour() {
    JPanel page = page();
    page.add(Captions.title(Texts.get("lessons.tour.title")));
    page.add(tourText, "growx, wmin 60");
    whole.addActionListener(
        event -> {
          LessonsPresenter listener = presenter;
          if (listener != null) {
            listener.toggled();
          }
        });
    page.add(whole, "growx 0");
    for (TourStep step : TourStep.values()) {
      String key = step.name().toLowerCase(Locale.ROOT);
      JLabel title = Captions.section(Texts.get("lessons.step." + key));
      JButton begin = new JButton(Texts.get("lessons.begin." + key));
      begin.addActionListener(
          event -> {
            LessonsPresenter listener = presenter;
            if (listener != null) {
              listener.begun(step);
            }
          });
      WrappedText news = new WrappedText(1);
      page.add(title, "gaptop 8");
      page.add(text("lessons.text." + key), "growx, wmin 60");
      page.add(begin, "growx 0");
      page.add(news, "growx, wmin 60");
      rows.put(step, new Row(title, begin, news));
    }
    return page;
  }

  private static JPanel pages() {
    JPanel page = page();
    for (String name : PAGES) {
      page.add(Captions.title(Texts.get("lessons.page." + name)), "gaptop 6");
      page.add(text("lessons.page." + name + ".text"), "growx, wmin 60");
    }
    return page;
  }

  /** All keys, by the places where they work. */
  private static JPanel keys() {
    JPanel page =
        new JPanel(new MigLayout("insets 14 18 14 18, fillx, wrap 2", "[]14[grow, fill]", "[]3[]"));
    for (Keys.Place place : Keys.Place.values()) {
      page.add(Captions.section(place.title()), "span, gaptop 4");
      for (Keys keys : Keys.values()) {
        if (keys.place() == place) {
          JLabel key = new JLabel(keys.label());
          key.putClientProperty("FlatLaf.style", "font: bold");
          page.add(key);
          WrappedText meaning = new WrappedText(1);
          meaning.setLongText(keys.meaning(), KEYS_LINE);
          page.add(meaning, "growx, wmin 60");
        }
      }
    }
    page.add(text("keys.mnemonics"), "span, growx, wmin 60, gaptop 8");
    return page;
  }

  /** Turns to the page of keys. */
  public void openKeys() {
    tabs.setSelectedIndex(tabs.indexOfTab(Texts.get("lessons.keys")));
  }

  private static JPanel about() {
    JPanel page = page();
    page.add(Captions.title(Texts.get("app.title")));
    page.add(text("lessons.about.text"), "growx, wmin 60");
    return page;
  }

  @Override
  public void showTour(boolean goesOn, boolean possible, String text) {
    whole.setText(Texts.get(goesOn ? "lessons.tour.stop" : "lessons.tour.begin"));
    whole.setToolTipText(Texts.get(goesOn ? "lessons.tour.stop.help" : "lessons.tour.begin.help"));
    whole.setEnabled(possible);
    tourText.setLongText(text, LINE);
  }

  @Override
  public void showSteps(List<StepFace> steps) {
    for (StepFace step : steps) {
      Row row = rows.get(step.step());
      if (row != null) {
        row.title()
            .setIcon(
                step.done()
                    ? new SignIcon(SignIcon.Sign.TICK, 12, Palette::good)
                    : new SignIcon(
                        SignIcon.Sign.DOT, 9, step.next() ? Palette::accent : Palette::faint));
        row.begin().setEnabled(step.possible());
        row.news().setLongText(step.news(), LINE);
      }
    }
  }
}
