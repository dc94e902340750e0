package dev.neurite.explorer.config;

import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.WrappedText;
import java.util.function.Consumer;
import javax.swing.JButton;
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

  /** Letters of a line at least, however long its words are. */
  private static final int LINE = 32;

  private transient @Nullable DataPresenter presenter;

  private final WrappedText line = new WrappedText(1);
  private final JProgressBar progress = new JProgressBar(0, PROGRESS_STEPS);
  private final JLabel missing =
      new JLabel("", new SignIcon(SignIcon.Sign.CROSS, 11, Palette::bad), JLabel.LEADING);
  private final WrappedText reason = new WrappedText(5);
  private final JButton retry = new JButton(Texts.get("data.retry"));
  private final JButton fetch = new JButton(Texts.get("data.fetch"));
  private final JButton choose = new JButton(Texts.get("data.choose"));

  /** A panel that shows nothing yet. */
  public DataPanel() {
    super(new MigLayout("insets 0, fillx, hidemode 3, wrap 1", "[grow, fill]", "[]4[]"));
    add(line, "growx, wmin 60");
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
  }

  /** Names who hears what the user does. */
  public void setPresenter(DataPresenter newPresenter) {
    presenter = newPresenter;
  }

  /** Names who lets the user choose a folder. */
  public void onChoose(Runnable chooser) {
    choose.addActionListener(event -> chooser.run());
  }

  private void tell(Consumer<DataPresenter> news) {
    DataPresenter listener = presenter;
    if (listener != null) {
      news.accept(listener);
    }
  }

  @Override
  public void showWaiting(String text, double share) {
    line.setLongText(text, LINE);
    progress.setIndeterminate(share < 0);
    progress.setValue((int) Math.round(PROGRESS_STEPS * Math.max(0, share)));
    show(true, true, false);
  }

  @Override
  public void showReady(String text, boolean standIn) {
    progress.setIndeterminate(false); // its timer would go on
    line.setLongText(text, LINE);
    show(true, false, false);
    fetch.setVisible(standIn);
  }

  @Override
  public void showMissing(String title, String text) {
    missing.setText(title);
    progress.setIndeterminate(false);
    reason.setLongText(text, LINE);
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
