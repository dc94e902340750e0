package dev.neurite.nn.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes a whole folder of files or nothing: under a temporary name beside it, then moved. */
final class AtomicFolder {
  private AtomicFolder() {}

  /**
   * Writes a folder. One that stands there is replaced when the new one is complete, if it holds
   * nothing but files that may be replaced.
   *
   * @param folder the name; missing parents are made
   * @param files what to write, by file name
   * @param replaceable whether an old file of this name may go
   */
  static void write(
      Path folder, Map<String, AtomicFile.Content> files, Predicate<String> replaceable)
      throws IOException {
    requireWritable(folder, replaceable);
    Path target = Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
    Path parent = Objects.requireNonNull(target.getParent(), "checked above");
    Files.createDirectories(parent);
    Path temporary =
        parent.resolve(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    Path old = parent.resolve(temporary.getFileName() + ".old");
    try {
      Files.createDirectory(temporary);
      for (Map.Entry<String, AtomicFile.Content> file : files.entrySet()) {
        try (FileChannel channel =
            FileChannel.open(
                temporary.resolve(file.getKey()),
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW)) {
          file.getValue().writeTo(channel);
          channel.force(true);
        }
      }
      replace(target, temporary, old);
    } finally {
      delete(temporary);
    }
    delete(old);
  }

  /** A folder that is not empty cannot be replaced in one move: it steps aside, or comes back. */
  private static void replace(Path target, Path temporary, Path old) throws IOException {
    boolean replaces = Files.exists(target);
    if (replaces) {
      Files.move(target, old);
    }
    try {
      Files.move(temporary, target);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, target);
      }
      throw e;
    }
  }

  /**
   * Checks what can be known before the content is there.
   *
   * @throws IOException if the name is that of a file, of a folder with other files in it, or its
   *     parent cannot be written
   */
  static void requireWritable(Path folder, Predicate<String> replaceable) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw new IOException(folder + " is no folder, the name of a new folder is needed");
      }
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : (Iterable<Path>) entries::iterator) {
          if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
              || !replaceable.test(String.valueOf(entry.getFileName()))) {
            throw new IOException(
                "%s holds %s, a new folder is needed".formatted(folder, entry.getFileName()));
          }
        }
      }
    }
    Path target = Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    if (target.getFileName() == null
        || parent == null
        || !Files.isDirectory(parent)
        || !Files.isWritable(parent)) {
      throw new IOException(
          "%s cannot be written: no folder can be made in %s".formatted(folder, parent));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : (Iterable<Path>) entries::iterator) {
          Files.delete(entry);
        }
      }
      Files.delete(folder);
    }
  }
}
