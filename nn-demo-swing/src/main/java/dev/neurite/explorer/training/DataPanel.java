package dev.neurite.explorer.training;

import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.WrappedText;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the images are there: one line while they come, a panel with help if they do not.
 */
public final class DataPanel extends JPanel implements DataView {
  private static final long serialVersionUID = 1L;
  private static final int PROGRESS_STEPS = 1000;

  private transient @Nullable DataPresenter presenter;

  private final JLabel line = Captions.faint("");
  private final JProgressBar progress = new JProgressBar(0, PROGRESS_STEPS);
  private final JLabel missing =
      new JLabel(
          Texts.get("data.missing.title"),
          new SignIcon(SignIcon.Sign.CROSS, 11, Palette::bad),
          JLabel.LEADING);
  private final WrappedText reason = new WrappedText(5);
  private final JButton retry = new JButton(Texts.get("data.retry"));
  private final JButton fetch = new JButton(Texts.get("data.fetch"));
  private final JButton choose = new JButton(Texts.get("data.choose"));

  /** A panel that shows nothing yet. */
  public DataPanel() {
    super(new MigLayout("insets 0, fillx, hidemode 3, wrap 1", "[grow, fill]", "[]4[]"));
    add(line);
    add(progress, "height 6!");
    add(missing);
    add(reason, "growx, wmin 60");
    add(fetch, "growx 0");
    add(retry, "split 2, growx 0");
    add(choose, "growx 0");
    retry.setMnemonic('R');
    choose.setMnemonic('F');
    fetch.setMnemonic('G');
    fetch.addActionListener(event -> tell(DataPresenter::fetch));
    retry.addActionListener(event -> tell(DataPresenter::retry));
    choose.addActionListener(event -> chooseDirectory());
  }

  /** Names who hears what the user does. */
  public void setPresenter(DataPresenter newPresenter) {
    presenter = newPresenter;
  }

  private void tell(Consumer<DataPresenter> news) {
    DataPresenter listener = presenter;
    if (listener != null) {
      news.accept(listener);
    }
  }

  private void chooseDirectory() {
    JFileChooser chooser = new JFileChooser();
    chooser.setDialogTitle(Texts.get("data.choose.title"));
    chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
    if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
      tell(p -> p.directoryChosen(chooser.getSelectedFile().toPath()));
    }
  }

  @Override
  public void showWaiting(String text, double share) {
    line.setText(text);
    progress.setIndeterminate(share < 0);
    progress.setValue((int) Math.round(PROGRESS_STEPS * Math.max(0, share)));
    show(true, true, false);
  }

  @Override
  public void showReady(String text, boolean standIn) {
    progress.setIndeterminate(false); // its timer would go on
    line.setText(text);
    show(true, false, false);
    fetch.setVisible(standIn);
  }

  @Override
  public void showMissing(String text) {
    progress.setIndeterminate(false);
    reason.setText(text);
    show(false, false, true);
  }

  private void show(boolean lineShown, boolean progressShown, boolean missingShown) {
    line.setVisible(lineShown);
    progress.setVisible(progressShown);
    missing.setVisible(missingShown);
    reason.setVisible(missingShown);
    retry.setVisible(missingShown);
    choose.setVisible(missingShown);
    fetch.setVisible(false);
    revalidate();
  }
}
