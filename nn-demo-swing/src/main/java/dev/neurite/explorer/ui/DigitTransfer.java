package dev.neurite.explorer.ui;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.service.OutsidePicture;
import dev.neurite.mnist.digit.ImageFileReader;
import java.awt.Container;
import java.awt.Image;
import java.awt.Point;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.swing.JComponent;
import javax.swing.TransferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes digits out of a component, or brings digits, images and image files into it: dragged, or by
 * the clipboard. Files of which none is a picture go to the handler of the window.
 */
public final class DigitTransfer extends TransferHandler {
  private static final long serialVersionUID = 1L;
  private static final int DRAG_SCALE = 2;

  /** Digits of this app, pixel for pixel. */
  public static final DataFlavor SAMPLE =
      new DataFlavor(
          DataFlavor.javaJVMLocalObjectMimeType + ";class=" + DigitSample.class.getName(), "digit");

  /** Hears what is brought. */
  public interface Receiver {
    /** A digit of this app came. */
    void sample(DigitSample sample);

    /** Pictures came from outside. */
    void pictures(List<OutsidePicture> pictures);
  }

  private final transient Function<@Nullable Point, @Nullable DigitSample> source;
  private final transient @Nullable Receiver receiver;
  private final String imageName;
  private transient @Nullable DigitSample dragged;

  /**
   * A handler.
   *
   * @param source gives the digit at a place of the component, or the chosen one for null
   * @param receiver hears what is brought, or null to take nothing
   * @param imageName what an image without a file is called
   */
  public DigitTransfer(
      Function<@Nullable Point, @Nullable DigitSample> source,
      @Nullable Receiver receiver,
      String imageName) {
    this.source = source;
    this.receiver = receiver;
    this.imageName = imageName;
  }

  /** Lets the digits of a component be dragged out of it. */
  public void dragFrom(JComponent component) {
    component.setTransferHandler(this);
    MouseAdapter drag =
        new MouseAdapter() {
          private @Nullable Point pressed;

          @Override
          public void mousePressed(MouseEvent event) {
            pressed = event.getPoint();
          }

          @Override
          public void mouseDragged(MouseEvent event) {
            Point from = pressed;
            if (from != null && from.distance(event.getPoint()) > 4) {
              pressed = null;
              DigitSample sample = source.apply(from);
              if (sample != null) {
                dragged = sample;
                setDragImage(DigitImages.of(sample.pixels(), DRAG_SCALE));
                exportAsDrag(component, event, COPY);
              }
            }
          }
        };
    component.addMouseListener(drag);
    component.addMouseMotionListener(drag);
  }

  @Override
  public int getSourceActions(JComponent component) {
    return COPY;
  }

  @Override
  protected @Nullable Transferable createTransferable(JComponent component) {
    DigitSample sample = dragged == null ? source.apply(null) : dragged;
    dragged = null;
    return sample == null ? null : new Carried(sample);
  }

  @Override
  public boolean canImport(TransferSupport support) {
    return receiver != null
        && (support.isDataFlavorSupported(SAMPLE)
            || support.isDataFlavorSupported(DataFlavor.javaFileListFlavor)
            || support.isDataFlavorSupported(DataFlavor.imageFlavor));
  }

  @Override
  public boolean importData(TransferSupport support) {
    Receiver listener = receiver;
    if (listener == null || !canImport(support)) {
      return false;
    }
    Transferable brought = support.getTransferable();
    try {
      if (support.isDataFlavorSupported(SAMPLE)) {
        listener.sample((DigitSample) brought.getTransferData(SAMPLE));
        return true;
      }
      if (support.isDataFlavorSupported(DataFlavor.javaFileListFlavor)) {
        return takeFiles(support, listener);
      }
      Image image = (Image) brought.getTransferData(DataFlavor.imageFlavor);
      BufferedImage pixels = buffered(image);
      listener.pictures(List.of(new OutsidePicture(imageName, () -> ImageFileReader.of(pixels))));
      return true;
    } catch (UnsupportedFlavorException | IOException e) { // the other program took it back
      return false;
    }
  }

  private static boolean takeFiles(TransferSupport support, Receiver listener)
      throws UnsupportedFlavorException, IOException {
    List<Path> files = new ArrayList<>();
    Object list = support.getTransferable().getTransferData(DataFlavor.javaFileListFlavor);
    for (Object file : (List<?>) list) {
      files.add(((File) file).toPath());
    }
    if (files.isEmpty()) {
      return false;
    }
    if (files.stream().noneMatch(OutsidePicture::isNamedLikeOne)) {
      TransferSupport outer = outer(support);
      if (outer != null && outer.getComponent() instanceof JComponent window) {
        return window.getTransferHandler().importData(outer);
      }
    }
    listener.pictures(files.stream().map(OutsidePicture::of).toList());
    return true;
  }

  /** The same for the nearest part of the window around it that takes files of all kinds. */
  private static @Nullable TransferSupport outer(TransferSupport support) {
    for (Container c = support.getComponent().getParent(); c != null; c = c.getParent()) {
      if (c instanceof JComponent part
          && part.getTransferHandler() != null
          && !(part.getTransferHandler() instanceof DigitTransfer)) {
        return new TransferSupport(part, support.getTransferable());
      }
    }
    return null;
  }

  private static BufferedImage buffered(Image image) throws IOException {
    if (image instanceof BufferedImage done) {
      return done;
    }
    int width = image.getWidth(null);
    int height = image.getHeight(null);
    if (width < 1 || height < 1) {
      throw new IOException("the image has no size yet");
    }
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    copy.getGraphics().drawImage(image, 0, 0, null);
    return copy;
  }

  /** A digit on its way, for this app or as an image for others. */
  private record Carried(DigitSample sample) implements Transferable {
    @Override
    public DataFlavor[] getTransferDataFlavors() {
      return new DataFlavor[] {SAMPLE, DataFlavor.imageFlavor};
    }

    @Override
    public boolean isDataFlavorSupported(DataFlavor flavor) {
      return SAMPLE.equals(flavor) || DataFlavor.imageFlavor.equals(flavor);
    }

    @Override
    public Object getTransferData(DataFlavor flavor) throws UnsupportedFlavorException {
      if (SAMPLE.equals(flavor)) {
        return sample;
      }
      if (DataFlavor.imageFlavor.equals(flavor)) {
        return DigitImages.of(sample.pixels());
      }
      throw new UnsupportedFlavorException(flavor);
    }
  }
}
