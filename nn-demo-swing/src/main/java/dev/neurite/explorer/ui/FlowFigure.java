package dev.neurite.explorer.ui;

import java.util.List;

/**
 * Some units of each layer and the strongest connections between them, ready to be painted.
 *
 * @param columns from the first hidden layer to the output
 * @param links between neighbouring columns
 */
public record FlowFigure(List<Column> columns, List<Link> links) {
  /** Nothing. */
  public static final FlowFigure EMPTY = new FlowFigure(List.of(), List.of());

  /**
   * Units of a layer.
   *
   * @param title for people
   * @param units which, in order
   * @param levels how active each is, -1 to 1, relative to the most active of the layer
   */
  public record Column(String title, List<Integer> units, List<Float> levels) {
    /** Copies the lists. */
    public Column {
      units = List.copyOf(units);
      levels = List.copyOf(levels);
    }
  }

  /**
   * A connection.
   *
   * @param column of its beginning
   * @param from place in that column
   * @param to place in the next column
   * @param strength activation times weight, -1 to 1, relative to the strongest of the layer
   */
  public record Link(int column, int from, int to, float strength) {}

  /** Copies the lists. */
  public FlowFigure {
    columns = List.copyOf(columns);
    links = List.copyOf(links);
  }
}
