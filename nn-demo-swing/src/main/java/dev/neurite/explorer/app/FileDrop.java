package dev.neurite.explorer.app;

import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.TransferHandler;

/** Takes files that are dropped on the window. */
final class FileDrop extends TransferHandler {
  private static final long serialVersionUID = 1L;
  private final transient Consumer<List<Path>> receiver;

  FileDrop(Consumer<List<Path>> receiver) {
    this.receiver = receiver;
  }

  @Override
  public boolean canImport(TransferSupport support) {
    return support.isDataFlavorSupported(DataFlavor.javaFileListFlavor);
  }

  @Override
  public boolean importData(TransferSupport support) {
    if (!canImport(support)) {
      return false;
    }
    List<Path> files = new ArrayList<>();
    try {
      Object data = support.getTransferable().getTransferData(DataFlavor.javaFileListFlavor);
      for (Object file : (List<?>) data) {
        files.add(((File) file).toPath());
      }
    } catch (UnsupportedFlavorException | IOException e) { // the other program took it back
      return false;
    }
    receiver.accept(files);
    return !files.isEmpty();
  }
}
