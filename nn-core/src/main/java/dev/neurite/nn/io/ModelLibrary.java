package dev.neurite.nn.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.model.Model;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Named models in a folder, for several programs at once.
 *
 * <p>Each entry is a folder {@code models/ID} with {@code model.safetensors}, a model file, and
 * {@code entry.json}, which holds its name. It is written beside its place under a name that starts
 * with a dot and moved there when it is complete, so that nobody sees half of it, whenever the
 * program is killed. Deleting moves it to {@code trash/ID}. Whatever changes the library holds a
 * lock on the file {@code models/.lock}, which the operating system takes back from a program that
 * was killed; reading needs none.
 */
public final class ModelLibrary {
  private static final String MODEL = "model.safetensors";
  private static final String ENTRY = "entry.json";
  private static final String UNFINISHED = ".new-";

  /** An unfinished entry older than this is what a killed program left. */
  private static final Duration LONGEST_SAVE = Duration.ofHours(1);

  /** A lock of a file excludes other programs, this one other threads of this one. */
  private static final Object THREADS = new Object();

  private final Path models;
  private final Path trash;

  /** What stands in {@code entry.json}. */
  private record Label(String name, String savedAt, int nonZeroParameters) {}

  /**
   * What is in the library.
   *
   * @param entries the newest first
   * @param damaged why folders that should be entries cannot be read
   */
  public record Listing(List<LibraryEntry> entries, List<String> damaged) {
    /** Copies the lists. */
    public Listing {
      entries = List.copyOf(entries);
      damaged = List.copyOf(damaged);
    }
  }

  /** Something that changes the library. */
  @FunctionalInterface
  private interface Change<T> {
    T make() throws IOException;
  }

  /**
   * A library; nothing is read or made yet.
   *
   * @param folder where it is or will be
   */
  public ModelLibrary(Path folder) {
    models = folder.resolve("models");
    trash = folder.resolve("trash");
  }

  /** Lists the models without reading their weights. */
  public Listing list() throws IOException {
    List<LibraryEntry> entries = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (Path folder : folders(models)) {
      try {
        entries.add(read(folder));
      } catch (NoSuchFileException e) {
        if (Files.exists(folder)) { // else somebody has just deleted it
          damaged.add("%s is missing".formatted(e.getMessage()));
        }
      } catch (IOException | RuntimeException e) {
        damaged.add("%s: %s".formatted(folder, e.getMessage()));
      }
    }
    entries.sort(
        Comparator.comparing(LibraryEntry::savedAt).reversed().thenComparing(LibraryEntry::id));
    return new Listing(entries, damaged);
  }

  private static List<Path> folders(Path parent) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
        for (Path path : all) {
          if (Files.isDirectory(path) && !path.getFileName().toString().startsWith(".")) {
            folders.add(path);
          }
        }
      }
    }
    return folders;
  }

  private static LibraryEntry read(Path folder) throws IOException {
    Label label;
    try {
      label = Json.MAPPER.readValue(Files.readString(folder.resolve(ENTRY)), Label.class);
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          folder.resolve(ENTRY).toString(), 0, "no valid entry: " + e.getOriginalMessage());
    }
    Path model = folder.resolve(MODEL);
    return new LibraryEntry(
        folder.getFileName().toString(),
        label.name(),
        Instant.parse(label.savedAt()),
        ModelFile.describe(model),
        label.nonZeroParameters(),
        Files.size(model));
  }

  /**
   * Adds a model.
   *
   * @param name for people; others may have the same
   * @throws IllegalArgumentException if the name is blank, too long, or of several lines
   */
  public LibraryEntry save(String name, SavedModel saved) throws IOException {
    LibraryEntry.requireName(name);
    String id = UUID.randomUUID().toString();
    Path unfinished = models.resolve(UNFINISHED + id);
    try {
      ModelFile.write(unfinished.resolve(MODEL), saved);
      Label label = new Label(name, Instant.now().toString(), nonZero(saved.model()));
      SafeFile.writeText(unfinished.resolve(ENTRY), Json.MAPPER.writeValueAsString(label));
      return change(
          () -> {
            Files.move(unfinished, models.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            return read(models.resolve(id));
          });
    } finally {
      deleteFolder(unfinished);
    }
  }

  private static int nonZero(Model model) {
    int nonZero = 0;
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        nonZero += parameter.value().data[i] == 0 ? 0 : 1;
      }
    }
    return nonZero;
  }

  /**
   * Reads a model with its weights.
   *
   * @throws IOException if it cannot be read, for example because it was deleted
   */
  public SavedModel load(String id) throws IOException {
    return ModelFile.read(folder(models, id).resolve(MODEL));
  }

  /**
   * Gives a model another name.
   *
   * @throws IllegalArgumentException if the name is blank, too long, or of several lines
   * @throws IOException if the model is no longer there
   */
  public LibraryEntry rename(String id, String name) throws IOException {
    LibraryEntry.requireName(name);
    return change(
        () -> {
          Path folder = folder(models, id);
          LibraryEntry old = read(folder);
          Label label = new Label(name, old.savedAt().toString(), old.nonZeroParameters());
          SafeFile.writeText(folder.resolve(ENTRY), Json.MAPPER.writeValueAsString(label));
          return read(folder);
        });
  }

  /**
   * Moves a model to the trash.
   *
   * @throws IOException if it is no longer there
   */
  public void delete(String id) throws IOException {
    move(id, models, trash);
  }

  /**
   * Brings a model back from the trash.
   *
   * @throws IOException if it is not there
   */
  public void restore(String id) throws IOException {
    move(id, trash, models);
  }

  private void move(String id, Path from, Path to) throws IOException {
    change(
        () -> {
          Path folder = folder(from, id);
          Files.createDirectories(to);
          Path moved = Files.move(folder, to.resolve(id), StandardCopyOption.ATOMIC_MOVE);
          return Files.setLastModifiedTime(moved, FileTime.from(Instant.now())); // for tidying
        });
  }

  /** Clears away what killed programs have left, and what has been in the trash for longer. */
  public void tidy(Duration longestInTrash) throws IOException {
    if (!Files.isDirectory(models)) {
      return;
    }
    change(
        () -> {
          try (DirectoryStream<Path> all = Files.newDirectoryStream(models, UNFINISHED + "*")) {
            for (Path path : all) {
              deleteIfOlder(path, LONGEST_SAVE);
            }
          }
          for (Path path : folders(trash)) {
            deleteIfOlder(path, longestInTrash);
          }
          return models;
        });
  }

  private static void deleteIfOlder(Path folder, Duration age) throws IOException {
    Instant changed = Files.getLastModifiedTime(folder).toInstant();
    if (changed.isBefore(Instant.now().minus(age))) {
      deleteFolder(folder);
    }
  }

  /** The folder of an entry that is there. */
  private static Path folder(Path parent, String id) throws IOException {
    Path folder = parent.resolve(UUID.fromString(id).toString()); // no other name gets through
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "the model is no longer there");
    }
    return folder;
  }

  private <T> T change(Change<T> change) throws IOException {
    Files.createDirectories(models);
    synchronized (THREADS) {
      try (FileChannel channel =
              FileChannel.open(
                  models.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the library in %s cannot be locked".formatted(models));
        }
        return change.make();
      }
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
