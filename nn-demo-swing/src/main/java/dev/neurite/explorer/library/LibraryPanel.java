package dev.neurite.explorer.library;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.library.LibraryFace.Mood;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.CurveIcon;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.SignIcon.Sign;
import dev.neurite.explorer.ui.WrappedText;
import java.awt.CardLayout;
import java.awt.Component;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.HierarchyEvent;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The table of models, what is known of the chosen one, and what can be done with it. */
public final class LibraryPanel extends JPanel implements LibraryView {
  private static final long serialVersionUID = 1L;
  private static final int CURVE_WIDTH = 56;
  private static final int CURVE_HEIGHT = 22;
  private static final int ROW_HEIGHT = 30;
  private static final int[] WIDTHS = {58, 150, 94, 66, 66, 62, 94, 64};
  private static final int LEAST_WIDTH = 56;
  private static final int NAME = 1;

  private transient @Nullable LibraryPresenter presenter;
  private transient List<LibraryRow> rows = List.of();
  private final Model model = new Model();
  private final JTable table = new JTable(model);
  private final CardLayout cards = new CardLayout();
  private final JPanel body = new JPanel(cards);
  private final JLabel sign = new JLabel();
  private final WrappedText message = new WrappedText(2);
  private final JButton copy = new JButton(Texts.get("library.copy"));
  private final JTextField name = new JTextField(14);
  private final JButton save = new JButton();
  private final JButton load = button("library.load", 'O');
  private final JButton rename = button("library.rename", 'R');
  private final JButton delete = button("library.delete", 'D');
  private final JButton undo = button("library.undo", 'U');
  private final JButton open = button("library.open", 'F');
  private final JButton importing = button("library.import", 'I');
  private final JComboBox<ExportFormat> format = new JComboBox<>(ExportFormat.values());
  private final JButton export = button("library.export", 'E');
  private final JTextArea details = new JTextArea();
  private final WrappedText empty = new WrappedText(5);
  private String problemDetails = "";

  /** An empty table. */
  public LibraryPanel() {
    super(
        new MigLayout(
            "insets 12 14 8 14, fill, wrap 1, hidemode 3",
            "[grow, fill]",
            "[]4[]6[]8[grow, fill]6[]6[]"));
    JPanel heading = new JPanel(new MigLayout("insets 0, fillx", "[grow, fill]8[]6[]"));
    heading.add(Captions.title(Texts.get("library.title")), "wmin 60");
    heading.add(open);
    heading.add(importing);
    add(heading);
    JPanel news =
        new JPanel(new MigLayout("insets 0, fillx, hidemode 3", "[]6[grow, fill]8[]", "[top]"));
    news.add(sign, "gaptop 3");
    news.add(message, "growx, wmin 60");
    news.add(copy);
    add(news);
    JPanel saving = new JPanel(new MigLayout("insets 0, fillx", "[]6[220:260:300, fill]6[]push"));
    JLabel nameLabel = Captions.faint(Texts.get("library.name"));
    nameLabel.setLabelFor(name);
    saving.add(nameLabel);
    saving.add(name, "wmin 60");
    saving.add(save, "wmin 60");
    name.getAccessibleContext().setAccessibleName(Texts.get("library.name"));
    save.setMnemonic('S');
    save.putClientProperty(FlatClientProperties.STYLE, "font: bold");
    add(saving, "wmin 60");
    buildTable();
    empty.setText(Texts.get("library.empty.text"));
    JPanel emptyCard = new JPanel(new MigLayout("insets 30, fill", "[grow, fill]", "[]"));
    emptyCard.add(empty, "growx, wmin 60, aligny top");
    JScrollPane scroll = new JScrollPane(table);
    scroll.setColumnHeaderView(table.getTableHeader()); // also where there is no window
    body.add(emptyCard, "empty");
    body.add(scroll, "table");
    add(body, "grow, push, hmin 110");
    JPanel actions = new JPanel(new MigLayout("insets 0", "[]6[]6[]6[]18[]6[]"));
    actions.add(load);
    actions.add(rename);
    actions.add(delete);
    actions.add(undo);
    format.getAccessibleContext().setAccessibleName(Texts.get("library.format"));
    actions.add(format);
    actions.add(export);
    add(actions, "wmin 60");
    details.setEditable(false);
    details.setOpaque(false);
    details.putClientProperty(FlatClientProperties.STYLE_CLASS, "monospaced");
    details.getAccessibleContext().setAccessibleName(Texts.get("library.details"));
    JScrollPane detailsScroll = new JScrollPane(details);
    detailsScroll.setBorder(BorderFactory.createEmptyBorder());
    add(detailsScroll, "height 70:150:190");
    listen();
    chosen();
  }

  /** Names who hears what the user does. */
  public void setPresenter(LibraryPresenter newPresenter) {
    presenter = newPresenter;
  }

  private static JButton button(String key, char mnemonic) {
    JButton button = new JButton(Texts.get(key));
    button.setMnemonic(mnemonic);
    button.setToolTipText(Texts.get(key + ".help"));
    return button;
  }

  private void buildTable() {
    table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
    table.setRowHeight(ROW_HEIGHT);
    table.setAutoResizeMode(JTable.AUTO_RESIZE_SUBSEQUENT_COLUMNS);
    table.setFillsViewportHeight(true);
    table.getTableHeader().setReorderingAllowed(false);
    table.getAccessibleContext().setAccessibleName(Texts.get("library.title"));
    for (int i = 0; i < WIDTHS.length; i++) {
      table.getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
      table.getColumnModel().getColumn(i).setCellRenderer(new Cell());
      table.getColumnModel().getColumn(i).setMinWidth(Math.min(WIDTHS[i], LEAST_WIDTH));
    }
    table.getColumnModel().getColumn(0).setMaxWidth(WIDTHS[0]);
    Keys.DELETE.bind(table, () -> withChosen((p, row) -> p.deleted(row.id(), row.name())));
  }

  /** Something that is done with the model that is chosen. */
  @FunctionalInterface
  private interface Use {
    void of(LibraryPresenter presenter, LibraryRow row);
  }

  private void withChosen(Use use) {
    int row = table.getSelectedRow();
    if (row >= 0 && row < rows.size()) {
      LibraryRow chosen = rows.get(row);
      tell(p -> use.of(p, chosen));
    }
  }

  private void listen() {
    save.addActionListener(event -> tell(p -> p.saved(name.getText())));
    name.addActionListener(event -> save.doClick(0));
    load.addActionListener(event -> withChosen((p, row) -> p.loaded(row.id(), row.name())));
    rename.addActionListener(
        event -> {
          if (table.editCellAt(table.getSelectedRow(), NAME)) {
            table.getEditorComponent().requestFocusInWindow();
          }
        });
    delete.addActionListener(event -> withChosen((p, row) -> p.deleted(row.id(), row.name())));
    undo.addActionListener(event -> tell(LibraryPresenter::undone));
    export.addActionListener(event -> withChosen((p, row) -> export(row)));
    open.addActionListener(event -> choose(LibraryPresenter::opened));
    importing.addActionListener(event -> choose(LibraryPresenter::imported));
    copy.addActionListener(
        event ->
            Toolkit.getDefaultToolkit()
                .getSystemClipboard()
                .setContents(new StringSelection(problemDetails), null));
    table.getSelectionModel().addListSelectionListener(event -> chosen());
    addHierarchyListener(
        event -> {
          if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0 && isShowing()) {
            tell(LibraryPresenter::seen);
          }
        });
  }

  private void export(LibraryRow row) {
    ExportFormat chosen = format.getItemAt(format.getSelectedIndex());
    JFileChooser chooser = new JFileChooser();
    chooser.setDialogTitle(Texts.get("library.export.help"));
    chooser.setSelectedFile(new File(chosen.fileName(row.name())));
    if (chooser.showSaveDialog(this) == JFileChooser.APPROVE_OPTION) {
      Path target = chooser.getSelectedFile().toPath();
      tell(p -> p.exported(row.id(), row.name(), chosen, target));
    }
  }

  /** What is done with files. */
  @FunctionalInterface
  private interface FileUse {
    void of(LibraryPresenter presenter, List<Path> files);
  }

  private void choose(FileUse use) {
    JFileChooser chooser = new JFileChooser();
    chooser.setDialogTitle(Texts.get("library.open.help"));
    chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
    chooser.setMultiSelectionEnabled(true);
    if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
      List<Path> files = Arrays.stream(chooser.getSelectedFiles()).map(File::toPath).toList();
      tell(p -> use.of(p, files));
    }
  }

  private void tell(Consumer<LibraryPresenter> news) {
    LibraryPresenter listener = presenter;
    if (listener != null) {
      news.accept(listener);
    }
  }

  private void chosen() {
    int row = table.getSelectedRow();
    boolean any = row >= 0 && row < rows.size();
    load.setEnabled(any);
    rename.setEnabled(any);
    delete.setEnabled(any);
    export.setEnabled(any);
    details.setText(any ? rows.get(row).details() : Texts.get("library.details.none"));
    details.setCaretPosition(0);
  }

  @Override
  public void showRows(List<LibraryRow> newRows) {
    int row = table.getSelectedRow();
    String before = row >= 0 && row < rows.size() ? rows.get(row).id() : "";
    rows = newRows;
    model.fireTableDataChanged();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).id().equals(before)) {
        table.setRowSelectionInterval(i, i);
      }
    }
    cards.show(body, rows.isEmpty() ? "empty" : "table");
    chosen();
  }

  @Override
  public void showFace(LibraryFace face) {
    sign.setIcon(icon(face.mood()));
    message.setText(face.message());
    problemDetails = face.details();
    copy.setVisible(!face.details().isEmpty());
    save.setText(face.saveText());
    save.setEnabled(face.canSave());
    undo.setEnabled(face.canUndo());
  }

  private static SignIcon icon(Mood mood) {
    return switch (mood) {
      case LOADING, EMPTY -> new SignIcon(Sign.DOT, 12, Palette::faint);
      case READY -> new SignIcon(Sign.DOT, 12, Palette::accent);
      case DONE -> new SignIcon(Sign.TICK, 13, Palette::good);
      case WRONG -> new SignIcon(Sign.CROSS, 12, Palette::bad);
    };
  }

  @Override
  public void suggestName(String suggestion) {
    name.setText(suggestion);
  }

  private static String title(int column) {
    return switch (column) {
      case 0 -> Texts.get("library.column.curve");
      case NAME -> Texts.get("library.column.name");
      case 2 -> Texts.get("library.column.network");
      case 3 -> Texts.get("library.column.parameters");
      case 4 -> Texts.get("library.column.accuracy");
      case 5 -> Texts.get("library.column.size");
      case 6 -> Texts.get("library.column.savedAt");
      default -> Texts.get("library.column.parent");
    };
  }

  private static String cell(LibraryRow row, int column) {
    return switch (column) {
      case 0 -> "";
      case NAME -> row.name();
      case 2 -> row.network();
      case 3 -> row.parameters();
      case 4 -> row.accuracy();
      case 5 -> row.size();
      case 6 -> row.savedAt();
      default -> row.parent();
    };
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
      return WIDTHS.length;
    }

    @Override
    public String getColumnName(int column) {
      return title(column);
    }

    @Override
    public Object getValueAt(int row, int column) {
      return cell(rows.get(row), column);
    }

    @Override
    public boolean isCellEditable(int row, int column) {
      return column == NAME;
    }

    @Override
    public void setValueAt(@Nullable Object value, int row, int column) {
      if (row < rows.size() && value != null && !value.equals(rows.get(row).name())) {
        LibraryRow renamed = rows.get(row);
        tell(p -> p.renamed(renamed.id(), value.toString()));
      }
    }
  }

  /** The curve as an icon, all else as text. */
  private final class Cell extends DefaultTableCellRenderer {
    private static final long serialVersionUID = 1L;

    @Override
    public Component getTableCellRendererComponent(
        JTable source,
        @Nullable Object value,
        boolean selected,
        boolean focused,
        int row,
        int column) {
      super.getTableCellRendererComponent(source, value, selected, false, row, column);
      setIcon(
          column == 0
              ? new CurveIcon(rows.get(row).curve(), CURVE_WIDTH, CURVE_HEIGHT, selected)
              : null);
      setHorizontalAlignment(
          column >= 3 && column <= 5 ? SwingConstants.RIGHT : SwingConstants.LEFT);
      setToolTipText(column == 0 ? Texts.get("library.column.curve.help") : String.valueOf(value));
      return this;
    }
  }
}
