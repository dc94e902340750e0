package dev.neurite.mnist.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads files of known size and sum from the first mirror that delivers them.
 *
 * <p>Bytes go to a {@code .part} file, which the next attempt, the next mirror or the next process
 * goes on with; only a file of the right size and SHA-256 is moved, in one step, to its name.
 */
public final class FileDownload {
  private static final List<URI> MNIST_MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;

  private final List<URI> mirrors;
  private final Duration readTimeout;
  private final Duration connectTimeout;
  private @Nullable HttpClient client;

  /**
   * A download from these mirrors.
   *
   * @param mirrors base addresses in the order in which they are tried, at least one, each ending
   *     in a slash
   * @param connectTimeout longest wait for a connection
   * @param readTimeout longest wait for an answer, and for the next bytes of it
   */
  public FileDownload(List<URI> mirrors, Duration connectTimeout, Duration readTimeout) {
    if (mirrors.isEmpty()) {
      throw new IllegalArgumentException("received no mirrors, needs at least 1");
    }
    for (URI mirror : mirrors) {
      if (!mirror.getPath().endsWith("/")) {
        throw new IllegalArgumentException(
            "mirror is %s, needs an address that ends in a slash".formatted(mirror));
      }
    }
    this.mirrors = List.copyOf(mirrors);
    this.readTimeout = readTimeout;
    this.connectTimeout = connectTimeout;
  }

  /** Built for the first file: it costs a third of a second, and most starts fetch nothing. */
  private synchronized HttpClient client() {
    HttpClient current = client;
    if (current == null) {
      current =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(connectTimeout)
              .build();
      client = current;
    }
    return current;
  }

  /** A download from the mirrors of MNIST; waits 10 s for a connection and 30 s for data. */
  public static FileDownload ofMnistMirrors() {
    return new FileDownload(MNIST_MIRRORS, Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  /**
   * Brings a file into a directory.
   *
   * @param file what to fetch
   * @param directory where it goes; created if it does not exist
   * @param listener hears of the progress
   * @throws InterruptedIOException if the thread is interrupted; what has come is kept
   * @throws IOException if no mirror delivered the file, with the reason of each, or the directory
   *     cannot be written
   */
  public void fetch(RemoteFile file, Path directory, DownloadListener listener) throws IOException {
    Files.createDirectories(directory);
    Path part = directory.resolve(file.name() + ".part");
    try (FileChannel channel =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        throw new IOException(part + " is being written by another download");
      }
      fetchFromAny(file, channel, listener);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    }
    Files.move(part, directory.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
  }

  private void fetchFromAny(RemoteFile file, FileChannel part, DownloadListener listener)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (URI mirror : mirrors) {
      URI address = mirror.resolve(file.name());
      try {
        fetchFrom(address, file, part, listener);
        return;
      } catch (InterruptedIOException | ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        failures.add(address + ": " + reason(e));
      }
    }
    throw new IOException(String.join("; ", failures));
  }

  private void fetchFrom(URI address, RemoteFile file, FileChannel part, DownloadListener listener)
      throws IOException {
    boolean resumed;
    do {
      if (part.size() > file.bytes()) {
        part.truncate(0);
      }
      resumed = part.size() > 0;
      if (part.size() < file.bytes()) {
        receive(address, file, part, listener);
      }
      if (Sha256.of(Channels.newInputStream(part.position(0)), file.bytes())
          .equals(file.sha256())) {
        return;
      }
      part.truncate(0);
    } while (resumed); // the fault may lie in the older bytes: once more from the start
    throw new IOException("sent a file with the wrong SHA-256");
  }

  private void receive(URI address, RemoteFile file, FileChannel part, DownloadListener listener)
      throws IOException {
    long done = part.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (done > 0) {
      request.header("Range", "bytes=" + done + "-");
    }
    ExecutorService reading = Executors.newSingleThreadExecutor(FileDownload::daemon);
    try {
      HttpResponse<InputStream> response =
          within(reading, () -> client().send(request.build(), BodyHandlers.ofInputStream()));
      try (InputStream body = response.body()) {
        if (!continues(response, done)) {
          part.truncate(0);
          done = 0;
        }
        listener.progress(file.name(), done, file.bytes());
        part.position(done);
        byte[] buffer = new byte[BUFFER_BYTES];
        int count;
        while ((count = within(reading, () -> body.read(buffer))) >= 0) {
          done += count;
          if (done > file.bytes()) {
            part.truncate(0);
            throw new IOException(
                "sent more than the %d bytes of the file".formatted(file.bytes()));
          }
          writeAll(part, ByteBuffer.wrap(buffer, 0, count));
          listener.progress(file.name(), done, file.bytes());
        }
      }
    } finally {
      reading.shutdownNow();
    }
    if (done < file.bytes()) {
      throw new IOException("ended after %d of %d bytes".formatted(done, file.bytes()));
    }
  }

  /** Whether the answer goes on after the bytes that are there; false if it starts again. */
  private static boolean continues(HttpResponse<?> response, long done) throws IOException {
    if (response.statusCode() == OK) {
      return false;
    }
    if (response.statusCode() != PARTIAL_CONTENT) {
      throw new IOException("answered with HTTP status " + response.statusCode());
    }
    String range = response.headers().firstValue("Content-Range").orElse("no Content-Range");
    if (!range.startsWith("bytes " + done + "-")) {
      throw new IOException("sent %s, needed bytes %d-".formatted(range, done));
    }
    return true;
  }

  /** Runs a step of the transfer that may block, no longer than the read timeout. */
  private <T> T within(ExecutorService reading, Callable<T> work) throws IOException {
    Future<T> result = reading.submit(work);
    try {
      return result.get(readTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("sent nothing for %d ms".formatted(readTimeout.toMillis()), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new IOException("failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } finally {
      result.cancel(true);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this process
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static InterruptedIOException interrupted(Exception cause) {
    InterruptedIOException interrupted = new InterruptedIOException("the download was interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static String reason(IOException fault) {
    if (fault instanceof ConnectException) {
      return "no connection"; // its own message is mostly missing
    }
    String message = fault.getMessage();
    return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "mnist-download");
    thread.setDaemon(true);
    return thread;
  }
}
