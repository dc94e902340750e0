package dev.neurite.nn.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** Writes a whole file or nothing: under a temporary name beside it, then moved into place. */
final class AtomicFile {
  /** What is written. */
  @FunctionalInterface
  interface Content {
    /** Writes everything to a new, empty file. */
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file; an old one of the same name stays until the new one is complete on disk.
   *
   * @param file the name; missing folders are made
   */
  static void write(Path file, Content content) throws IOException {
    requireWritable(file);
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent(), "a file stands in a folder");
    Files.createDirectories(folder);
    // Made here and not by createTempFile, which would give it to its owner alone.
    Path temporary =
        folder.resolve(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Checks what can be known before the content is there.
   *
   * @throws IOException if the name is that of a folder or a device, or its folder cannot be
   *     written
   */
  static void requireWritable(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    if (target.getFileName() == null || (Files.exists(target) && !Files.isRegularFile(target))) {
      throw new IOException(file + " is no regular file, the name of a file is needed");
    }
    Path folder = target.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IOException(
          "%s cannot be written: no files can be made in %s".formatted(file, folder));
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
