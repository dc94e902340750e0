package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.DigitSlot;
import dev.neurite.explorer.ui.DigitTransfer;
import dev.neurite.explorer.ui.Keys;
import dev.neurite.explorer.ui.SlotFace;
import java.awt.CardLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A strip of ten slots for digits that are dragged, pasted or drawn. */
public final class SlotsPanel extends JPanel implements SlotsView {
  private static final long serialVersionUID = 1L;
  private static final String GOOD = "good";
  private static final String BAD = "bad";

  private transient @Nullable SlotsPresenter presenter;
  private final transient List<DigitSlot> slots = new ArrayList<>();
  private final JLabel status = Captions.faint("");
  private final JLabel problem = Captions.problem();
  private final CardLayout cards = new CardLayout();
  private final JPanel news = new JPanel(cards);
  private final JButton predict = new JButton(Texts.get("slots.predict"));
  private final JButton clear = new JButton(Texts.get("slots.clear"));

  /** Shows ten empty slots. */
  public SlotsPanel() {
    super(new MigLayout("insets 4 14 8 14, fillx, wrap 1", "[grow, fill]", "[]4[]"));
    JPanel head = new JPanel(new MigLayout("insets 0, fillx", "[]10[grow, fill]8[]4[]"));
    head.add(Captions.section(Texts.get("slots.title")));
    news.add(status, GOOD);
    news.add(problem, BAD);
    head.add(news, "wmin 60");
    head.add(predict);
    head.add(clear);
    add(head);
    JPanel strip = new JPanel(new MigLayout("insets 0, fillx, gapx 1", "[grow, fill, sg]"));
    for (int i = 0; i < SlotsPresenter.SLOTS; i++) {
      int place = i;
      DigitSlot slot = new DigitSlot(i + 1);
      slot.onOpen(() -> tell(p -> p.look(place)));
      slot.onEmpty(() -> tell(p -> p.empty(place)));
      new DigitTransfer(point -> sampleOf(place), receiver(place), Texts.get("slots.pasted"))
          .dragFrom(slot);
      slots.add(slot);
      strip.add(slot, "wmin 40");
    }
    add(strip);
    predict.setMnemonic('P');
    predict.setToolTipText(Texts.get("slots.predict.help"));
    clear.setToolTipText(Texts.get("slots.clear.help"));
    predict.addActionListener(event -> tell(SlotsPresenter::predictAll));
    clear.addActionListener(event -> tell(SlotsPresenter::clear));
    setTransferHandler(
        new DigitTransfer(
            point -> null, receiver(SlotsPresenter.NEXT_FREE), Texts.get("slots.pasted")));
    Keys.bindPasteInWindow(this);
  }

  private @Nullable DigitSample sampleOf(int place) {
    SlotsPresenter listener = presenter;
    return listener == null ? null : listener.at(place);
  }

  private DigitTransfer.Receiver receiver(int place) {
    return new DigitTransfer.Receiver() {
      @Override
      public void sample(DigitSample sample) {
        tell(p -> p.put(place, sample));
      }

      @Override
      public void pictures(List<OutsidePicture> pictures) {
        tell(p -> p.bring(place, pictures));
      }
    };
  }

  private void tell(Consumer<SlotsPresenter> news) {
    SlotsPresenter listener = presenter;
    if (listener != null) {
      news.accept(listener);
    }
  }

  /** Names who hears what the user does. */
  public void setPresenter(SlotsPresenter newPresenter) {
    presenter = newPresenter;
  }

  @Override
  public void showSlots(List<SlotFace> faces) {
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).setFace(faces.get(i));
    }
  }

  @Override
  public void showStatus(String text, boolean bad) {
    status.setText(text);
    problem.setText(text);
    status.setToolTipText(text);
    problem.setToolTipText(text);
    cards.show(news, bad ? BAD : GOOD);
  }

  @Override
  public void showCommands(boolean canPredict, boolean canClear) {
    predict.setEnabled(canPredict);
    clear.setEnabled(canClear);
  }
}
