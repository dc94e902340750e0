package dev.neurite.explorer.ui;

import java.awt.Color;

/**
 * Colours from blue over neutral to orange, which people with any colour vision can tell apart; the
 * neutral colour stands for 0.
 */
public final class Diverging {
  private static final Color NEGATIVE_ON_LIGHT = new Color(0x00507D);
  private static final Color NEGATIVE_ON_DARK = new Color(0x6FC3F2);
  private static final Color POSITIVE_ON_LIGHT = new Color(0xB34700);
  private static final Color POSITIVE_ON_DARK = new Color(0xFFAA33);
  private static final Color ZERO_ON_LIGHT = new Color(0xF7F7F7);
  private static final Color ZERO_ON_DARK = new Color(0x14171A);
  private static final Color PRUNED_ON_LIGHT = new Color(0xC9CED6);
  private static final Color PRUNED_ON_DARK = new Color(0x4A515A);

  private Diverging() {}

  /** The colour of a value from -1 to 1, as 0xRRGGBB; what lies outside is brought in. */
  public static int rgb(float value, Theme theme) {
    boolean dark = theme == Theme.DARK;
    Color zero = dark ? ZERO_ON_DARK : ZERO_ON_LIGHT;
    Color end =
        value < 0
            ? (dark ? NEGATIVE_ON_DARK : NEGATIVE_ON_LIGHT)
            : (dark ? POSITIVE_ON_DARK : POSITIVE_ON_LIGHT);
    float share = Float.isNaN(value) ? 0 : Math.min(1, Math.abs(value));
    return mix(zero.getRed(), end.getRed(), share) << 16
        | mix(zero.getGreen(), end.getGreen(), share) << 8
        | mix(zero.getBlue(), end.getBlue(), share);
  }

  /** The colour of a pruned weight, as 0xRRGGBB; no value has it. */
  public static int pruned(Theme theme) {
    return (theme == Theme.DARK ? PRUNED_ON_DARK : PRUNED_ON_LIGHT).getRGB() & 0xFFFFFF;
  }

  private static int mix(int from, int to, float share) {
    return Math.round(from + share * (to - from));
  }
}
