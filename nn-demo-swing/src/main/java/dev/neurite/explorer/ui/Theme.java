package dev.neurite.explorer.ui;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.Font;
import java.util.Map;
import javax.swing.UIManager;

/** The two looks of the app. */
public enum Theme {
  /** Dark on light. */
  LIGHT,
  /** Light on dark. */
  DARK;

  /** Its colours with a meaning. */
  public Palette palette() {
    return this == DARK ? Palette.DARK : Palette.LIGHT;
  }

  /** The other one. */
  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }

  /** The one that is in use. */
  public static Theme current() {
    return FlatLaf.isLafDark() ? DARK : LIGHT;
  }

  /** Makes it the one in use and updates all windows; on the event thread. */
  public void apply() {
    String accent = "#%06x".formatted(palette().accent().getRGB() & 0xFFFFFF);
    FlatLaf.setGlobalExtraDefaults(
        Map.of("@accentColor", accent, "@background", this == DARK ? "#1d2024" : "#f5f6f8"));
    if (this == DARK) {
      FlatDarkLaf.setup();
    } else {
      FlatLightLaf.setup();
    }
    UIManager.put("Component.focusWidth", 2);
    UIManager.put("Component.arc", 8);
    UIManager.put("Button.arc", 8);
    UIManager.put("TextComponent.arc", 8);
    UIManager.put("ProgressBar.arc", 8);
    UIManager.put("ScrollBar.showButtons", false);
    UIManager.put("ScrollBar.width", 10);
    UIManager.put("TitlePane.unifiedBackground", true);
    UIManager.put("ToolTip.background", palette().background());
    FlatLaf.updateUI();
  }

  /** The font of labels, scaled. */
  public static Font font(float factor, int style) {
    Font base = UIManager.getFont("Label.font");
    return base.deriveFont(style, base.getSize2D() * factor);
  }
}
