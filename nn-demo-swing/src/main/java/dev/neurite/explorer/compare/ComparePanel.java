package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.SignIcon.Sign;
import java.awt.CardLayout;
import java.awt.Color;
import java.awt.Component;
import java.util.List;
import java.util.function.Function;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableColumn;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The table of runs. */
public final class ComparePanel extends JPanel implements CompareView {
  private static final long serialVersionUID = 1L;
  private static final int[] WIDTHS = {92, 134, 86, 60, 56, 58, 72, 46, 76};

  private transient @Nullable ComparePresenter presenter;
  private transient List<RunRow> rows = List.of();
  private final Model model = new Model();
  private final JTable table = new JTable(model);
  private final CardLayout cards = new CardLayout();
  private final JPanel body = new JPanel(cards);
  private boolean filling;

  /** An empty table. */
  public ComparePanel() {
    super(new MigLayout("insets 0 14 12 14, fill, wrap 1", "[grow, fill]", "[]4[grow, fill]"));
    table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
    table.setRowHeight(24);
    table.setAutoResizeMode(JTable.AUTO_RESIZE_LAST_COLUMN);
    table.setFillsViewportHeight(true);
    table.getTableHeader().setReorderingAllowed(false);
    table.getAccessibleContext().setAccessibleName(Texts.get("compare.title"));
    RunRow.Column[] columns = RunRow.Column.values();
    for (int i = 0; i < columns.length; i++) {
      RunRow.Column column = columns[i];
      TableColumn tableColumn = table.getColumnModel().getColumn(i);
      tableColumn.setPreferredWidth(WIDTHS[i]);
      tableColumn.setMinWidth(WIDTHS[i]);
      if (column != RunRow.Column.METHOD) { // which takes what is left
        tableColumn.setMaxWidth(WIDTHS[i] * 6 / 5);
      }
      tableColumn.setCellRenderer(new Cell(column));
      tableColumn.setHeaderRenderer(new Heading(column));
    }
    table
        .getSelectionModel()
        .addListSelectionListener(
            event -> {
              int row = table.getSelectedRow();
              ComparePresenter listener = presenter;
              if (!filling && !event.getValueIsAdjusting() && row >= 0 && listener != null) {
                listener.chosen(rows.get(row).id());
              }
            });
    JLabel empty = Captions.faint(Texts.get("compare.empty"));
    empty.setHorizontalAlignment(SwingConstants.CENTER);
    body.add(empty, "empty");
    body.add(new JScrollPane(table), "table");
    add(Captions.section(Texts.get("compare.title")));
    add(body, "grow, push, hmin 60");
  }

  /** Names who hears what the user does. */
  public void setPresenter(ComparePresenter newPresenter) {
    presenter = newPresenter;
  }

  @Override
  public void showRuns(List<RunRow> newRows, int selected) {
    filling = true;
    boolean sameRuns =
        newRows.stream().map(RunRow::id).toList().equals(rows.stream().map(RunRow::id).toList());
    rows = newRows;
    if (sameRuns && !rows.isEmpty()) {
      model.fireTableRowsUpdated(0, rows.size() - 1);
    } else {
      model.fireTableDataChanged();
    }
    if (selected >= 0) {
      table.setRowSelectionInterval(selected, selected);
    } else {
      table.clearSelection();
    }
    filling = false;
    cards.show(body, rows.isEmpty() ? "empty" : "table");
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
      setIcon(isName ? signOf(rows.get(row).state(), selected) : null);
      setToolTipText(isName ? value + ", " + rows.get(row).stateText() : String.valueOf(value));
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
      }
      return heading;
    }
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
