package dev.neurite.mnist.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table as comma-separated values (RFC 4180, lines ending in a line feed). */
final class CsvTable {
  private final int columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with a line of titles only. */
  CsvTable(List<String> titles) {
    columns = titles.size();
    rows.add(List.copyOf(titles));
  }

  /**
   * Adds a line.
   *
   * @throws IllegalArgumentException if there is not one value for each title
   */
  void add(List<String> values) {
    if (values.size() != columns) {
      throw new IllegalArgumentException(
          "received %d values for %d columns".formatted(values.size(), columns));
    }
    rows.add(List.copyOf(values));
  }

  /** The whole table. */
  String text() {
    return rows.stream()
        .map(row -> row.stream().map(CsvTable::field).collect(Collectors.joining(",")) + "\n")
        .collect(Collectors.joining());
  }

  /** A value, in quotes where it would be taken for something else. */
  private static String field(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
