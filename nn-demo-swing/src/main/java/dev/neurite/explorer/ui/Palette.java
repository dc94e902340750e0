package dev.neurite.explorer.ui;

import java.awt.Color;

/**
 * Colours with a meaning, from the palette of Okabe and Ito, which people with any colour vision
 * can tell apart.
 *
 * @param background of charts and canvases
 * @param foreground of text
 * @param faint of secondary text, at least 4.5:1 on the background
 * @param grid of lines between values
 * @param train training data
 * @param validation validation data
 * @param test test data
 * @param rate learning rate
 * @param batch the trace of single batches
 * @param accent of what matters most
 * @param good of good news
 * @param warning of news to look at
 * @param bad of bad news
 */
public record Palette(
    Color background,
    Color foreground,
    Color faint,
    Color grid,
    Color train,
    Color validation,
    Color test,
    Color rate,
    Color batch,
    Color accent,
    Color good,
    Color warning,
    Color bad) {
  /** On white. */
  public static final Palette LIGHT =
      new Palette(
          new Color(0xFFFFFF),
          new Color(0x1F2328),
          new Color(0x5B636C),
          new Color(0xE0E4E9),
          new Color(0x0072B2),
          new Color(0xC24E00),
          new Color(0x00795A),
          new Color(0xA0568A),
          new Color(0xA9C9DF),
          new Color(0x0072B2),
          new Color(0x00795A),
          new Color(0xA66300),
          new Color(0xC0341D));

  /** On nearly black. */
  public static final Palette DARK =
      new Palette(
          new Color(0x272B30),
          new Color(0xE6E8EB),
          new Color(0xA4ABB3),
          new Color(0x3D434A),
          new Color(0x56B4E9),
          new Color(0xF0A030),
          new Color(0x3CC79C),
          new Color(0xD58FB8),
          new Color(0x3F6A85),
          new Color(0x56B4E9),
          new Color(0x3CC79C),
          new Color(0xF0A030),
          new Color(0xFF7B63));
}
