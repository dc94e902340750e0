package dev.neurite.mnist.report;

import dev.neurite.nn.io.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of a report. All files are first written under a temporary name inside it and then
 * moved, the page last: an old report stays as it is until the new one is complete on disk.
 */
public final class ReportFolder implements AutoCloseable {
  /** Name of the page. */
  public static final String PAGE = "index.html";

  private final Path folder;
  private final Path temporary;
  private final List<String> names = new ArrayList<>();

  /**
   * Opens a folder, which need not exist.
   *
   * @throws IOException if it cannot be made
   */
  public ReportFolder(Path folder) throws IOException {
    this.folder = folder;
    requireWritable(folder);
    Files.createDirectories(folder);
    temporary = Files.createDirectory(folder.resolve("." + UUID.randomUUID() + ".tmp"));
  }

  /**
   * Checks, before any work is done, that a report could be written.
   *
   * @throws IOException if it could not
   */
  public static void requireWritable(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder, a folder for the report is needed");
    }
    SafeFile.requireWritable(folder.resolve(PAGE));
  }

  /** Where to write a file of the report; {@link #PAGE} is moved last. */
  public Path file(String name) {
    names.add(name);
    return temporary.resolve(name);
  }

  /** Moves all files to their places. */
  public void publish() throws IOException {
    names.sort((a, b) -> Boolean.compare(a.equals(PAGE), b.equals(PAGE)));
    for (String name : names) {
      SafeFile.requireWritable(folder.resolve(name));
    }
    for (String name : names) {
      Files.move(
          temporary.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes what was not moved. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> rest = Files.list(temporary)) {
      for (Path file : (Iterable<Path>) rest::iterator) {
        Files.delete(Objects.requireNonNull(file));
      }
    }
    Files.delete(temporary);
  }
}
