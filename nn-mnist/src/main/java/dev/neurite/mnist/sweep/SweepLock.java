package dev.neurite.mnist.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other sweeps out of a folder while one writes there: each knows the finished trials of its
 * beginning only and would write over those of the other. The operating system lets go of the
 * folder when a program ends, however it ends; the empty file that is locked stays.
 */
public final class SweepLock implements AutoCloseable {
  /** Name of the file that is locked. */
  public static final String FILE = ".lock";

  private final FileChannel channel;

  private SweepLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a folder, which is made if need be.
   *
   * @throws IOException if another sweep has it, or the file cannot be written
   */
  public static SweepLock of(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // this program has it
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new IOException(
          folder + " is being written by another sweep; wait for it or take another folder");
    }
    return new SweepLock(channel);
  }

  /** Lets go of the folder. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
