package dev.neurite.explorer.compare;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of runs as comma-separated values (RFC 4180). */
final class RunTableCsv {
  private RunTableCsv() {}

  /** A header line and a line for each run. A pure function. */
  static String of(List<RunRow> rows) {
    Stream<String> head =
        Stream.of(
            line(List.of(RunRow.Column.values()).stream().map(RunRow.Column::title).toList()));
    return Stream.concat(head, rows.stream().map(r -> line(r.cells())))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static String line(List<String> cells) {
    return cells.stream().map(RunTableCsv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
