package dev.neurite.explorer.app;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.compare.ComparePanel;
import dev.neurite.explorer.config.ConfigPanel;
import dev.neurite.explorer.config.DataPanel;
import dev.neurite.explorer.inspect.InspectPanel;
import dev.neurite.explorer.lessons.LessonsPanel;
import dev.neurite.explorer.library.LibraryPanel;
import dev.neurite.explorer.library.RecoveryPanel;
import dev.neurite.explorer.prune.PrunePanel;
import dev.neurite.explorer.testbench.SlotsPanel;
import dev.neurite.explorer.testbench.TestImagesPanel;
import dev.neurite.explorer.testbench.TestbenchPanel;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.training.TrainingPanel;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.Theme;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Window;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSeparator;
import javax.swing.JTabbedPane;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** All of the window but its frame: configure left, train in the middle, try right. */
public final class ExplorerContent extends JPanel {
  private static final long serialVersionUID = 1L;
  private static final int SIDE_WIDTH = 324;
  private static final int RUNS_HEIGHT = 150;

  private final DataPanel data = new DataPanel();
  private final ConfigPanel config = new ConfigPanel(data);
  private final TrainingPanel training = new TrainingPanel();
  private final ComparePanel compare = new ComparePanel();
  private final TestbenchPanel testbench = new TestbenchPanel();
  private final LessonsPanel lessons = new LessonsPanel();
  private transient @Nullable JDialog lessonsDialog;
  private final JButton learnButton = new JButton(Texts.get("lessons.open"));
  private final TestImagesPanel images = new TestImagesPanel();
  private final SlotsPanel slots = new SlotsPanel();
  private final JPanel test = test();
  private final InspectPanel inspect = new InspectPanel();
  private final PrunePanel prune = new PrunePanel();
  private final LibraryPanel library = new LibraryPanel();
  private final RecoveryPanel recovery = new RecoveryPanel();
  private final JTabbedPane tabs = new JTabbedPane();
  private final JButton themeButton = new JButton(new SignIcon(SignIcon.Sign.CONTRAST, 14));

  ExplorerContent() {
    super(new BorderLayout());
    JPanel top = new JPanel(new BorderLayout());
    top.add(header(), BorderLayout.CENTER);
    top.add(recovery, BorderLayout.SOUTH);
    add(top, BorderLayout.NORTH);
    JPanel columns =
        new JPanel(
            new MigLayout(
                "insets 0, gap 0, fill",
                "[shrink 0][shrink 0][grow, fill][shrink 0][262:21%:330, grow 0, fill, shrink 0]",
                "[grow, fill]"));
    columns.add(configScroll(), "width " + SIDE_WIDTH + "!");
    columns.add(new JSeparator(SwingConstants.VERTICAL), "hmin 0"); // else it never shrinks
    tabs.addTab(Texts.get("app.tab.train"), middle());
    tabs.addTab(Texts.get("app.tab.prune"), prune);
    tabs.addTab(Texts.get("app.tab.images"), test);
    tabs.addTab(Texts.get("app.tab.inspect"), inspect);
    tabs.addTab(Texts.get("app.tab.library"), library);
    columns.add(tabs, "wmin 480");
    columns.add(new JSeparator(SwingConstants.VERTICAL), "hmin 0"); // else it never shrinks
    columns.add(testbench, "growx");
    add(columns, BorderLayout.CENTER);
  }

  private JPanel header() {
    JPanel header =
        new JPanel(new MigLayout("insets 8 14 8 10, fillx", "[]10[grow, fill]8[]8[]", "[center]"));
    header.add(Captions.title(Texts.get("app.title")));
    header.add(Captions.faint(Texts.get("app.tagline")), "wmin 0");
    learnButton.putClientProperty(FlatClientProperties.BUTTON_TYPE, "toolBarButton");
    learnButton.setToolTipText(Texts.get("lessons.open.help"));
    learnButton.setMnemonic('L');
    learnButton.addActionListener(event -> openLessons());
    header.add(learnButton);
    themeButton.putClientProperty(FlatClientProperties.BUTTON_TYPE, "toolBarButton");
    themeButton.setToolTipText(Texts.get("app.theme.help"));
    themeButton.addActionListener(event -> switchTheme());
    header.add(themeButton);
    Keys.THEME.bind(this, this::switchTheme);
    Keys.HELP.bind(this, this::openLessons); // where no field explains itself
    Keys.SHORTCUTS.bind(
        this,
        () -> {
          lessons.openKeys();
          openLessons();
        });
    nameThemeButton();
    JPanel ruled = new JPanel(new BorderLayout());
    ruled.add(header, BorderLayout.CENTER);
    ruled.add(new JSeparator(), BorderLayout.SOUTH);
    return ruled;
  }

  private JScrollPane configScroll() {
    JScrollPane scroll =
        new JScrollPane(
            config,
            ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
            ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
    scroll.setBorder(BorderFactory.createEmptyBorder());
    scroll.setMinimumSize(new Dimension(SIDE_WIDTH, 100));
    return scroll;
  }

  private JPanel middle() {
    JPanel middle = new JPanel(new BorderLayout());
    middle.add(training, BorderLayout.CENTER);
    compare.setPreferredSize(new Dimension(480, RUNS_HEIGHT));
    middle.add(compare, BorderLayout.SOUTH);
    return middle;
  }

  private JPanel test() {
    JPanel both = new JPanel(new BorderLayout());
    both.add(images, BorderLayout.CENTER);
    both.add(slots, BorderLayout.SOUTH);
    return both;
  }

  private void switchTheme() {
    Theme.current().other().apply();
    SwingUtilities.updateComponentTreeUI(this);
  }

  @Override
  public void updateUI() {
    super.updateUI();
    if (themeButton != null) { // not while this is being built
      nameThemeButton();
    }
  }

  private void nameThemeButton() {
    themeButton.setText(
        Texts.get(Theme.current() == Theme.DARK ? "app.theme.light" : "app.theme.dark"));
  }

  private void openLessons() {
    Window owner = SwingUtilities.getWindowAncestor(this);
    if (owner == null) {
      return;
    }
    JDialog dialog = lessonsDialog;
    if (dialog == null) {
      dialog = new JDialog(owner, Texts.get("lessons.open"));
      dialog.setContentPane(lessons);
      dialog.setSize(620, 640);
      dialog.setLocationRelativeTo(this);
      lessonsDialog = dialog;
    }
    dialog.setVisible(true);
    dialog.toFront();
  }

  PrunePanel prune() {
    return prune;
  }

  LibraryPanel library() {
    return library;
  }

  RecoveryPanel recovery() {
    return recovery;
  }

  LessonsPanel lessons() {
    return lessons;
  }

  ConfigPanel config() {
    return config;
  }

  DataPanel data() {
    return data;
  }

  TrainingPanel training() {
    return training;
  }

  ComparePanel compare() {
    return compare;
  }

  TestImagesPanel images() {
    return images;
  }

  SlotsPanel slots() {
    return slots;
  }

  /** Opens the part with the test images and the slots. */
  void openTest() {
    tabs.setSelectedComponent(test);
  }

  InspectPanel inspect() {
    return inspect;
  }

  /** The parts of the middle. */
  JTabbedPane tabs() {
    return tabs;
  }

  TestbenchPanel testbench() {
    return testbench;
  }
}
