package dev.neurite.explorer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.event.FocusEvent;
import java.awt.event.FocusListener;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FocusableComponentTest {
  private static final class Noted extends FocusableComponent {
    private static final long serialVersionUID = 1L;
    private final List<String> news = new ArrayList<>();

    @Override
    public boolean requestFocusInWindow() {
      return news.add("focus wanted");
    }

    @Override
    public void repaint() {
      news.add("painted");
    }
  }

  @Test
  void aPressAsksForTheFocusAndItsComingAndGoingIsPainted() {
    Painting.run(
        () -> {
          Noted component = new Noted();
          assertThat(component.isFocusable()).isTrue();
          component.dispatchEvent(
              new MouseEvent(component, MouseEvent.MOUSE_PRESSED, 0, 0, 1, 1, 1, false));
          assertThat(component.news).containsExactly("focus wanted");
          component.news.clear();
          for (FocusListener listener : component.getFocusListeners()) {
            listener.focusGained(new FocusEvent(component, FocusEvent.FOCUS_GAINED));
            listener.focusLost(new FocusEvent(component, FocusEvent.FOCUS_LOST));
          }
          assertThat(component.news).containsExactly("painted", "painted");
        });
  }
}
