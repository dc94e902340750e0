package dev.neurite.mnist.source;

import static dev.neurite.mnist.source.MirrorServer.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.neurite.mnist.source.MnistSource.Found;
import dev.neurite.mnist.source.MnistSource.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistSourceTest {
  private static final DownloadListener NOBODY = (file, done, total) -> {};

  @TempDir Path root;

  @Test
  void takesTheFirstPlaceInOrder() throws IOException {
    try (MirrorServer mirror = new MirrorServer(MnistSourceTest::serveName)) {
      Path given = fill(root.resolve("given"));
      Path named = fill(root.resolve("named"));
      MnistSource withVariable = source(mirror, Map.of("MNIST_DIR", named.toString()));
      assertThat(withVariable.find(given)).contains(new Found(given, Place.GIVEN));
      assertThat(withVariable.find(null)).contains(new Found(named, Place.VARIABLE));

      MnistSource source = source(mirror, Map.of());
      Path cache = root.resolve("home/.cache/neurite/mnist");
      assertThat(source.cacheDirectory()).isEqualTo(cache);
      assertThat(source.find(null)).isEmpty();
      assertThat(mirror.starts()).isEmpty();

      List<String> files = new ArrayList<>();
      assertThat(source.findOrDownload(null, (file, done, total) -> files.add(file)))
          .isEqualTo(new Found(cache, Place.DOWNLOAD));
      assertThat(files).contains("train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz");
      assertThat(mirror.starts()).hasSize(4);

      assertThat(source.findOrDownload(null, NOBODY)).isEqualTo(new Found(cache, Place.CACHE));
      Files.delete(cache.resolve("t10k-labels-idx1-ubyte.gz"));
      source.findOrDownload(null, NOBODY);
      assertThat(mirror.starts()).as("only the missing file is fetched").hasSize(5);
    }
  }

  @Test
  void aDirectoryThatWasAskedForMustBeComplete() throws IOException {
    try (MirrorServer mirror = new MirrorServer(MnistSourceTest::serveName)) {
      Path partial = fill(root.resolve("partial"));
      Files.delete(partial.resolve("train-labels-idx1-ubyte"));
      fill(root.resolve("home/.cache/neurite/mnist"));
      MnistSource source = source(mirror, Map.of("MNIST_DIR", partial.toString()));
      assertThatExceptionOfType(MnistMissingException.class)
          .isThrownBy(() -> source.findOrDownload(null, NOBODY))
          .withMessageContaining("from the variable MNIST_DIR")
          .withMessageEndingWith("into " + partial + ": train-labels-idx1-ubyte");
      assertThatExceptionOfType(MnistMissingException.class)
          .isThrownBy(() -> source.findOrDownload(root.resolve("nowhere"), NOBODY));
      assertThat(mirror.starts()).isEmpty();
    }
  }

  @Test
  void offLineTheMessageNamesTheFourFilesAndTheirFolder() throws IOException {
    try (MirrorServer mirror = new MirrorServer(failing(503))) {
      MnistSource source = source(mirror, Map.of());
      assertThatExceptionOfType(MnistMissingException.class)
          .isThrownBy(() -> source.findOrDownload(null, NOBODY))
          .withMessageContainingAll(
              "could not be downloaded",
              "HTTP status 503",
              "with or without .gz",
              source.cacheDirectory().toString(),
              "train-images-idx3-ubyte, train-labels-idx1-ubyte, "
                  + "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte");
    }
  }

  /** Files whose content is their name. */
  private static void serveName(HttpExchange exchange, int from) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] content = bytes(path.substring(path.lastIndexOf('/') + 1));
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }

  private MnistSource source(MirrorServer mirror, Map<String, String> variables) {
    return new MnistSource(
        new MnistEnvironment(variables, "Linux", root.resolve("home")),
        new FileDownload(List.of(mirror.address()), Duration.ofSeconds(10), Duration.ofSeconds(10)),
        file -> {
          byte[] content = bytes(file.remote().name());
          try {
            String sum = Sha256.of(new ByteArrayInputStream(content), content.length);
            return new RemoteFile(file.remote().name(), content.length, sum);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Path fill(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (MnistFile file : MnistFile.values()) {
      Files.write(directory.resolve(file.fileName()), bytes(file.fileName()));
    }
    return directory;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
