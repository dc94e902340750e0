package dev.neurite.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.ui.DigitGrid;
import dev.neurite.explorer.ui.DigitSlot;
import dev.neurite.explorer.ui.EventThreadRule;
import dev.neurite.explorer.ui.Painting;
import java.awt.event.KeyEvent;
import java.nio.file.Path;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JSlider;
import javax.swing.JTable;
import javax.swing.JTextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole walk with mouse and keyboard in the real window: configure, train, prune, draw, drag,
 * inspect, save, close, open again, load; needs a display.
 */
@Tag("window")
class WalkthroughTest {
  @TempDir Path userData;

  @Test
  void aUserWalksThroughEverythingAndFindsItAgain() throws Exception {
    WindowUser.requireDisplay(WalkthroughTest.class);
    EventThreadRule rule = EventThreadRule.install();
    try (WindowUser user = WindowUser.open(userData)) {
      configureAndTrain(user);
      prune(user);
      draw(user);
      drag(user);
      inspect(user);
      save(user);
    }
    try (WindowUser user = WindowUser.open(userData)) {
      findEverythingAgain(user);
    }
    assertThat(rule.violations()).isEmpty();
  }

  private static void configureAndTrain(WindowUser user) throws Exception {
    user.click(Forms.button(user.content().config(), "Add layer"));
    JTextField units = field(user, "Units of layer 2");
    user.write(units, "24");
    user.write(field(user, "Epochs"), "4");
    user.write(field(user, "Batch"), "20");
    user.click(Forms.button(user.content(), "Start"));
    WindowUser.await(
        "trained run",
        () ->
            !user.app().session().runs().isEmpty()
                && user.selected().state() == RunState.COMPLETED);
    Run run = Painting.onEventThread(user::selected);
    assertThat(run.experiment().model().toString()).contains("24");
    assertThat(run.history()).hasSize(4);
  }

  private static JTextField field(WindowUser user, String name) throws InterruptedException {
    WindowUser.await(
        name,
        () -> {
          try {
            return Forms.field(user.content().config(), name).isShowing();
          } catch (IllegalStateException e) { // not there yet
            return false;
          }
        });
    return Painting.onEventThread(() -> Forms.field(user.content().config(), name));
  }

  private static void prune(WindowUser user) throws Exception {
    user.openTab("Prune");
    user.click(Forms.button(user.content().prune(), "Prune"));
    WindowUser.await(
        "pruned run",
        () -> user.selected().pruning() != null && !user.selected().state().isActive());
    Run pruned = Painting.onEventThread(user::selected);
    assertThat(pruned.state()).as(pruned.message()).isEqualTo(RunState.COMPLETED);
    assertThat(pruned.predictor().model().isPruned()).isTrue();
  }

  private static void draw(WindowUser user) throws Exception {
    user.draw(user.content().testbench().canvas(), 0.5, 0.2, 0.5, 0.8);
    WindowUser.await("answer", () -> Forms.answer(user.content()).matches("\\d"));
    user.click(Forms.button(user.content().testbench(), "Keep"));
    awaitSlot(user, 0, "Slot 1: Drawing");
  }

  private static void drag(WindowUser user) throws Exception {
    user.openTab("Test images");
    user.awaitText(user.content().images(), "30 images read");
    DigitGrid grid =
        Painting.onEventThread(
            () -> WindowUser.all(user.content().images(), DigitGrid.class).get(0));
    assertThat(user.drag(grid, 20, 20, slots(user).get(3))).as("the slot took it").isTrue();
    awaitSlot(user, 3, "Slot 4: Image 0, a 0");
    user.click(Forms.button(user.content().slots(), "Predict all"));
    user.awaitText(user.content().slots(), "of 1 right");
    awaitSlot(user, 3, "taken for a");
  }

  private static List<DigitSlot> slots(WindowUser user) {
    return Painting.onEventThread(() -> WindowUser.all(user.content().slots(), DigitSlot.class));
  }

  private static void awaitSlot(WindowUser user, int place, String words) throws Exception {
    JComponent slot = slots(user).get(place);
    WindowUser.await(words, () -> slot.getAccessibleContext().getAccessibleName().contains(words));
  }

  private static void inspect(WindowUser user) throws Exception {
    user.openTab("Inspect");
    user.awaitText(user.content().inspect(), "units with 784 inputs");
    JSlider time =
        Painting.onEventThread(
            () ->
                WindowUser.all(user.content().inspect(), JSlider.class).stream()
                    .filter(s -> "Time".equals(s.getAccessibleContext().getAccessibleName()))
                    .findFirst()
                    .orElseThrow());
    WindowUser.await("epochs to go back to", () -> time.isEnabled() && time.getMaximum() > 0);
    user.click(time);
    WindowUser.await("focus on the slider", time::isFocusOwner);
    user.type(KeyEvent.VK_HOME);
    user.awaitText(user.content().inspect(), "after epoch");
    user.type(KeyEvent.VK_END);
    user.awaitText(user.content().inspect(), "now");
    user.openTab("Activations");
    user.awaitText(user.content().inspect(), "The network says");
    user.openTab("Pixels");
    user.awaitText(user.content().inspect(), "along the gradient");
    user.openTab("Map");
    user.awaitText(user.content().inspect(), "30 test images");
  }

  private static void save(WindowUser user) throws Exception {
    user.openTab("Library");
    user.click(Forms.buttonFrom(user.content().library(), "Save "));
    WindowUser.await("saved model", () -> Forms.table(user.content().library()).getRowCount() == 1);
  }

  private static void findEverythingAgain(WindowUser user) throws Exception {
    WindowUser.await("runs of before", () -> user.app().session().runs().size() == 2);
    WindowUser.await("pruned run", () -> user.selected().pruning() != null);
    WindowUser.await(
        "form of before",
        () -> Forms.field(user.content().config(), "Epochs").getText().equals("4"));
    user.openTab("Library");
    JTable table = Painting.onEventThread(() -> Forms.table(user.content().library()));
    WindowUser.await("model of before", () -> table.getRowCount() == 1);
    Painting.run(() -> table.setRowSelectionInterval(0, 0));
    user.click(Forms.button(user.content().library(), "Open"));
    WindowUser.await("opened model", () -> user.app().session().runs().size() == 3);
    assertThat(Painting.onEventThread(() -> user.selected().predictor().model().isPruned()))
        .isTrue();
  }
}
