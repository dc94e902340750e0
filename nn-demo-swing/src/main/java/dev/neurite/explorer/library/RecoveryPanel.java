package dev.neurite.explorer.library;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Palette;
import dev.neurite.explorer.ui.SignIcon;
import dev.neurite.explorer.ui.SignIcon.Sign;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A strip with a sentence and two buttons; hidden while there is nothing to offer. */
public final class RecoveryPanel extends JPanel implements RecoveryView {
  private static final long serialVersionUID = 1L;

  private transient @Nullable RecoveryPresenter presenter;
  private final JLabel text =
      new JLabel("", new SignIcon(Sign.PAUSE, 12, Palette::warning), JLabel.LEADING);
  private final JButton goOn = new JButton(Texts.get("recovery.goOn"));
  private final JButton keep = new JButton(Texts.get("recovery.keep"));

  /** A hidden strip. */
  public RecoveryPanel() {
    super(new MigLayout("insets 6 14 6 10, fillx", "[grow, fill]8[]6[]"));
    text.setIconTextGap(8);
    add(text, "wmin 0");
    goOn.putClientProperty(FlatClientProperties.STYLE, "font: bold");
    goOn.setMnemonic('G');
    keep.setMnemonic('K');
    keep.setToolTipText(Texts.get("recovery.keep.help"));
    add(goOn);
    add(keep);
    goOn.addActionListener(event -> tell(RecoveryPresenter::goOn));
    keep.addActionListener(event -> tell(RecoveryPresenter::keep));
    setVisible(false);
  }

  /** Names who hears what the user does. */
  public void setPresenter(RecoveryPresenter newPresenter) {
    presenter = newPresenter;
  }

  private void tell(Consumer<RecoveryPresenter> news) {
    RecoveryPresenter listener = presenter;
    if (listener != null) {
      news.accept(listener);
    }
  }

  @Override
  public void showOffer(String newText, boolean canGoOn, String hint) {
    text.setText(newText);
    goOn.setEnabled(canGoOn);
    goOn.setToolTipText(hint);
    setVisible(!newText.isEmpty());
  }
}
