package dev.neurite.explorer.library;

import java.util.List;

/** Shows the models that are kept. */
public interface LibraryView {
  /** Shows the models, the newest first. */
  void showRows(List<LibraryRow> rows);

  /** Says how things are. */
  void showFace(LibraryFace face);

  /** Puts a name into the field for the next model. */
  void suggestName(String name);
}
