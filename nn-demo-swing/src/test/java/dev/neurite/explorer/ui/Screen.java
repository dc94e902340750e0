package dev.neurite.explorer.ui;

import java.awt.Component;
import java.awt.GraphicsConfiguration;
import java.awt.GraphicsDevice;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.swing.JComponent;

/**
 * A screen of a scale, for components that are in no window: text is measured for it, which at 200
 * % is not twice what it is at 100 %.
 */
public final class Screen extends GraphicsConfiguration {
  private static final Method SETTER = setter();

  private final int scale;
  private final GraphicsConfiguration plain =
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getDeviceConfiguration();

  private Screen(int scale) {
    this.scale = scale;
  }

  /** Only the toolkit may say on which screen a component is. */
  private static Method setter() {
    try {
      Method method =
          Component.class.getDeclaredMethod(
              "setGraphicsConfiguration", GraphicsConfiguration.class);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts a component and all it holds on a screen of a scale; on the event thread. */
  public static void put(JComponent component, int scale) {
    try {
      SETTER.invoke(component, new Screen(scale));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public GraphicsDevice getDevice() {
    return plain.getDevice();
  }

  @Override
  public ColorModel getColorModel() {
    return plain.getColorModel();
  }

  @Override
  public ColorModel getColorModel(int transparency) {
    return plain.getColorModel(transparency);
  }

  @Override
  public AffineTransform getDefaultTransform() {
    return AffineTransform.getScaleInstance(scale, scale);
  }

  @Override
  public AffineTransform getNormalizingTransform() {
    return new AffineTransform();
  }

  @Override
  public Rectangle getBounds() {
    return new Rectangle(0, 0, 10_000, 10_000);
  }
}
