package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.Export;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.SignIcon.Sign;
import dev.neurite.explorer.ui.Theme;
import java.awt.CardLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.event.ActionEvent;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import javax.swing.RowFilter;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import javax.swing.SwingWorker;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableColumn;
import javax.swing.table.TableModel;
import javax.swing.table.TableRowSorter;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The table of runs. */
public final class ComparePanel extends JPanel implements CompareView {
  private static final long serialVersionUID = 1L;
  private static final Map<RunRow.Column, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry(RunRow.Column.NAME, 170),
          Map.entry(RunRow.Column.PARAMETERS, 86),
          Map.entry(RunRow.Column.NON_ZERO, 70),
          Map.entry(RunRow.Column.SPARSITY, 72),
          Map.entry(RunRow.Column.SIZE, 62),
          Map.entry(RunRow.Column.TIME, 72),
          Map.entry(RunRow.Column.PARENT, 84),
          Map.entry(RunRow.Column.NETWORK, 96),
          Map.entry(RunRow.Column.DATA, 104),
          Map.entry(RunRow.Column.METHOD, 190),
          Map.entry(RunRow.Column.NOTE, 160));
  private static final int USUAL_WIDTH = 54;

  private static final float HEADING_SIZE = 0.88f;

  private transient @Nullable ComparePresenter presenter;
  private transient List<RunRow> rows = List.of();
  private final Model model = new Model();
  private final JTable table = new WideTable(model, this::menu);
  private final transient TableRowSorter<Model> sorter = new TableRowSorter<>(model);
  private final JTextField filter = new JTextField();
  private final JButton undo = new JButton();
  private final ComparisonPanel comparison = new ComparisonPanel();
  private final CardLayout cards = new CardLayout();
  private final JPanel body = new JPanel(cards);
  private boolean filling;

  /** An empty table. */
  public ComparePanel() {
    super(new MigLayout("insets 0 14 12 14, fill, wrap 1", "[grow, fill]", "[]4[grow, fill]"));
    table.setSelectionMode(ListSelectionModel.MULTIPLE_INTERVAL_SELECTION);
    table.setRowHeight(24);
    table.setFillsViewportHeight(true);
    table.getTableHeader().setReorderingAllowed(false);
    table.getAccessibleContext().setAccessibleName(Texts.get("compare.title"));
    RunRow.Column[] columns = RunRow.Column.values();
    for (int i = 0; i < columns.length; i++) {
      RunRow.Column column = columns[i];
      TableColumn tableColumn = table.getColumnModel().getColumn(i);
      tableColumn.setPreferredWidth(WIDTHS.getOrDefault(column, USUAL_WIDTH));
      tableColumn.setCellRenderer(new Cell(column));
      tableColumn.setHeaderRenderer(new Heading(column));
    }
    table
        .getSelectionModel()
        .addListSelectionListener(
            event -> {
              int row = table.getSelectionModel().getLeadSelectionIndex();
              if (!filling && !event.getValueIsAdjusting() && table.isRowSelected(row)) {
                tell(p -> p.chosen(idAt(row)));
                tell(p -> p.compared(chosenIds()));
              }
            });
    JLabel empty = Captions.faint(Texts.get("compare.empty"));
    empty.setHorizontalAlignment(SwingConstants.CENTER);
    body.add(empty, "empty");
    JScrollPane scroll = new JScrollPane(table);
    scroll.setColumnHeaderView(table.getTableHeader());
    body.add(scroll, "table");
    table.setRowSorter(sorter);
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].isFigure()) {
        sorter.setComparator(
            i,
            Comparator.<Object>comparingDouble(
                cell -> {
                  double value = RunRow.sortValue(String.valueOf(cell));
                  return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
                }));
      }
    }
    add(header());
    add(body, "grow, push, hmin 84");
  }

  /** Names who hears what the user does. */
  public void setPresenter(ComparePresenter newPresenter) {
    presenter = newPresenter;
  }

  private JPanel header() {
    JPanel header = new JPanel(new MigLayout("insets 0, fillx, hidemode 3", "[]8[]push[]4[]4[]"));
    header.add(Captions.section(Texts.get("compare.title")));
    undo.setVisible(false);
    undo.addActionListener(event -> tell(ComparePresenter::undone));
    header.add(undo);
    filter.putClientProperty("JTextField.placeholderText", Texts.get("compare.filter"));
    filter.putClientProperty("JTextField.showClearButton", true);
    filter.getAccessibleContext().setAccessibleName(Texts.get("compare.filter"));
    filter
        .getDocument()
        .addDocumentListener(
            new DocumentListener() {
              @Override
              public void insertUpdate(DocumentEvent event) {
                filterRows();
              }

              @Override
              public void removeUpdate(DocumentEvent event) {
                filterRows();
              }

              @Override
              public void changedUpdate(DocumentEvent event) {
                filterRows();
              }
            });
    header.add(filter, "width 120!");
    JButton compare = new JButton(Texts.get("compare.open"));
    compare.setMnemonic('M');
    compare.setToolTipText(Texts.get("compare.open.help"));
    compare.addActionListener(event -> openComparison());
    header.add(compare);
    JButton more = new JButton(Texts.get("compare.more"));
    more.setMnemonic('R');
    more.addActionListener(event -> menu().show(more, 0, more.getHeight()));
    header.add(more);
    Keys.DELETE.bind(table, () -> tell(p -> p.deleted(chosenIds())));
    return header;
  }

  private JPopupMenu menu() {
    JPopupMenu menu = new JPopupMenu();
    menu.add(
        action(
            "compare.rename",
            () -> ask("compare.rename.ask", ComparePresenter::name, ComparePresenter::renamed)));
    menu.add(
        action(
            "compare.note",
            () -> ask("compare.note.ask", ComparePresenter::note, ComparePresenter::noted)));
    AbstractAction duplicate =
        action("compare.duplicate", () -> withChosen(ComparePresenter::duplicated));
    ComparePresenter listener = presenter;
    duplicate.setEnabled(listener != null && chosenIds().stream().anyMatch(listener::canDuplicate));
    menu.add(duplicate);
    menu.add(action("compare.delete", () -> tell(p -> p.deleted(chosenIds()))));
    menu.addSeparator();
    menu.add(action("compare.csv", this::exportCsv));
    menu.add(action("compare.png", () -> exportPicture("png")));
    menu.add(action("compare.svg", () -> exportPicture("svg")));
    return menu;
  }

  private static AbstractAction action(String key, Runnable work) {
    return new AbstractAction(Texts.get(key)) {
      private static final long serialVersionUID = 1L;

      @Override
      public void actionPerformed(ActionEvent event) {
        work.run();
      }
    };
  }

  private void withChosen(BiConsumer<ComparePresenter, RunId> work) {
    for (RunId id : chosenIds()) {
      tell(p -> work.accept(p, id));
    }
  }

  private interface Words {
    void give(ComparePresenter presenter, RunId id, String text);
  }

  private void ask(String key, BiFunction<ComparePresenter, RunId, String> present, Words words) {
    List<RunId> ids = chosenIds();
    ComparePresenter listener = presenter;
    if (!ids.isEmpty() && listener != null) {
      String text =
          JOptionPane.showInputDialog(this, Texts.get(key), present.apply(listener, ids.get(0)));
      if (text != null) {
        tell(p -> words.give(p, ids.get(0), text));
      }
    }
  }

  private void filterRows() {
    String text = filter.getText().strip();
    sorter.setRowFilter(
        text.isEmpty() ? null : RowFilter.regexFilter("(?i)" + Pattern.quote(text)));
  }

  private RunId idAt(int viewRow) {
    return rows.get(table.convertRowIndexToModel(viewRow)).id();
  }

  private List<RunId> chosenIds() {
    return Arrays.stream(table.getSelectedRows()).mapToObj(this::idAt).toList();
  }

  private void tell(Consumer<ComparePresenter> news) {
    ComparePresenter listener = presenter;
    if (listener != null) {
      news.accept(listener);
    }
  }

  private void openComparison() {
    JDialog dialog =
        new JDialog(SwingUtilities.getWindowAncestor(this), Texts.get("compare.dialog"));
    dialog.setContentPane(comparison);
    dialog.setSize(1000, 620);
    dialog.setLocationRelativeTo(this);
    dialog.setVisible(true);
  }

  /** Runs side by side; stands in a window of its own. */
  public ComparisonPanel comparison() {
    return comparison;
  }

  private void exportCsv() {
    ComparePresenter listener = presenter;
    if (listener != null) {
      byte[] bytes = listener.csv().getBytes(StandardCharsets.UTF_8);
      save("runs.csv", () -> bytes);
    }
  }

  private void exportPicture(String format) {
    save(
        "comparison." + format,
        format.equals("svg") ? Export.svg(comparison) : Export.png(comparison));
  }

  /** Asks where to and writes there, away from the event thread. */
  private void save(String name, Callable<byte[]> content) {
    JFileChooser chooser = new JFileChooser();
    chooser.setSelectedFile(new File(name));
    if (chooser.showSaveDialog(this) != JFileChooser.APPROVE_OPTION) {
      return;
    }
    Path file = chooser.getSelectedFile().toPath();
    new SwingWorker<Path, Void>() {
      @Override
      protected Path doInBackground() throws Exception {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, content.call());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
      }

      @Override
      protected void done() {
        try {
          undoless(Texts.format("compare.saved", get()));
        } catch (InterruptedException | ExecutionException e) {
          undoless(Texts.format("compare.notSaved", String.valueOf(e.getCause())));
        }
      }
    }.execute();
  }

  private void undoless(String text) {
    table.setToolTipText(text);
    filter.setToolTipText(text);
  }

  @Override
  public void showComparison(Comparison newComparison) {
    comparison.show(newComparison);
  }

  @Override
  public void showUndo(String text) {
    undo.setText(text);
    undo.setVisible(!text.isEmpty());
  }

  @Override
  public void showRuns(List<RunRow> newRows, int selected) {
    filling = true;
    boolean sameRuns =
        newRows.stream().map(RunRow::id).toList().equals(rows.stream().map(RunRow::id).toList());
    rows = newRows;
    if (sameRuns && !rows.isEmpty()) { // keeps the runs that are chosen
      model.fireTableRowsUpdated(0, rows.size() - 1);
    } else {
      model.fireTableDataChanged();
    }
    int view = selected < 0 ? -1 : table.convertRowIndexToView(selected);
    if (view >= 0) {
      if (!table.isRowSelected(view)) {
        table.setRowSelectionInterval(view, view);
      }
    } else {
      table.clearSelection();
    }
    filling = false;
    cards.show(body, rows.isEmpty() ? "empty" : "table");
  }

  /** Fills its place where that is wide enough, else it is scrolled sideways. */
  private static final class WideTable extends JTable {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<JPopupMenu> menu;

    WideTable(TableModel model, Supplier<JPopupMenu> menu) {
      super(model);
      this.menu = menu;
    }

    @Override
    public JPopupMenu getComponentPopupMenu() {
      return menu.get(); // what it offers depends on the runs that are chosen
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
      return getParent() != null && getParent().getWidth() >= getPreferredSize().width;
    }
  }

  /** The rows as Swing wants them. */
  private final class Model extends AbstractTableModel {
    private static final long serialVersionUID = 1L;

    @Override
    public int getRowCount() {
      return rows == null ? 0 : rows.size(); // asked while the panel is being built
    }

    @Override
    public int getColumnCount() {
      return RunRow.Column.values().length;
    }

    @Override
    public String getColumnName(int column) {
      return List.of(RunRow.Column.values()).get(column).title();
    }

    @Override
    public Object getValueAt(int row, int column) {
      return rows.get(row).cells().get(column);
    }
  }

  /** Figures to the right, the name with the sign of the state. */
  private final class Cell extends DefaultTableCellRenderer {
    private static final long serialVersionUID = 1L;
    private final RunRow.Column column;

    Cell(RunRow.Column column) {
      this.column = column;
      setHorizontalAlignment(column.isFigure() ? RIGHT : LEFT);
    }

    @Override
    public Component getTableCellRendererComponent(
        JTable source,
        @Nullable Object value,
        boolean selected,
        boolean focused,
        int row,
        int columnIndex) {
      super.getTableCellRendererComponent(source, value, selected, false, row, columnIndex);
      boolean isName = column == RunRow.Column.NAME;
      setIcon(isName ? signOf(at(row).state(), selected) : null);
      setToolTipText(isName ? value + ", " + at(row).stateText() : String.valueOf(value));
      return this;
    }
  }

  /** Headings stand as their cells do. */
  private static final class Heading extends DefaultTableCellRenderer {
    private static final long serialVersionUID = 1L;
    private final RunRow.Column column;

    Heading(RunRow.Column column) {
      this.column = column;
    }

    @Override
    public Component getTableCellRendererComponent(
        JTable source,
        @Nullable Object value,
        boolean selected,
        boolean focused,
        int row,
        int columnIndex) {
      Component heading =
          source
              .getTableHeader()
              .getDefaultRenderer()
              .getTableCellRendererComponent(source, value, selected, focused, row, columnIndex);
      if (heading instanceof JLabel label) {
        label.setHorizontalAlignment(column.isFigure() ? RIGHT : LEFT);
        label.setFont(Theme.font(HEADING_SIZE, Font.PLAIN)); // else the narrow ones are cut
      }
      return heading;
    }
  }

  private RunRow at(int viewRow) {
    return rows.get(table.convertRowIndexToModel(viewRow));
  }

  private static SignIcon signOf(RunState state, boolean selected) {
    return switch (state) {
      case RUNNING -> sign(Sign.PLAY, selected, Palette::accent);
      case PAUSED -> sign(Sign.PAUSE, selected, Palette::warning);
      case COMPLETED, STOPPED_EARLY -> sign(Sign.TICK, selected, Palette::good);
      case CANCELLED -> sign(Sign.STOP, selected, Palette::warning);
      case DIVERGED, FAILED -> sign(Sign.CROSS, selected, Palette::bad);
    };
  }

  private static SignIcon sign(Sign sign, boolean selected, Function<Palette, Color> color) {
    return new SignIcon(sign, 10, selected ? null : color);
  }
}
