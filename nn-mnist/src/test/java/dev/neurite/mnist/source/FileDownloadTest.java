package dev.neurite.mnist.source;

import static dev.neurite.mnist.source.MirrorServer.failing;
import static dev.neurite.mnist.source.MirrorServer.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class FileDownloadTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final String NAME = "some.gz";

  @TempDir Path parent;

  private final byte[] content = new byte[200_000];
  private final List<Long> progress = new ArrayList<>();
  private Path directory;
  private Path target;
  private Path part;
  private RemoteFile file;

  @BeforeEach
  void prepare() throws IOException {
    new Random(3).nextBytes(content);
    directory = parent.resolve("new").resolve("cache");
    target = directory.resolve(NAME);
    part = directory.resolve(NAME + ".part");
    file =
        new RemoteFile(
            NAME, content.length, Sha256.of(new ByteArrayInputStream(content), 1L << 20));
  }

  @Test
  void bringsAFileAndReportsItsProgress() throws IOException {
    try (MirrorServer mirror = new MirrorServer(serving(content))) {
      fetch(LONG, mirror.address());
      assertThat(mirror.starts()).containsExactly(0);
    }
    assertComplete();
    assertThat(progress).startsWith(0L).endsWith((long) content.length).isSorted();
  }

  @Test
  void goesOnWithThePartThatIsThere() throws IOException {
    writePart(Arrays.copyOf(content, 70_000));
    try (MirrorServer mirror = new MirrorServer(serving(content))) {
      fetch(LONG, mirror.address());
      assertThat(mirror.starts()).containsExactly(70_000);
    }
    assertComplete();
    assertThat(progress).startsWith(70_000L);
  }

  @Test
  void startsAgainWhenTheMirrorKnowsNoRanges() throws IOException {
    writePart(Arrays.copyOf(content, 70_000));
    try (MirrorServer mirror =
        new MirrorServer((exchange, from) -> serving(content).answer(exchange, 0))) {
      fetch(LONG, mirror.address());
    }
    assertComplete();
    assertThat(progress).startsWith(0L);
  }

  @Test
  void startsAgainWhenThePartIsWrong() throws IOException {
    for (int length : new int[] {70_000, content.length, content.length + 1}) {
      writePart(new byte[length]);
      try (MirrorServer mirror = new MirrorServer(serving(content))) {
        fetch(LONG, mirror.address());
        assertThat(mirror.starts()).endsWith(0);
      }
      assertComplete();
      Files.delete(target);
    }
  }

  @Test
  void needsNoMirrorForAWholePart() throws IOException {
    writePart(content);
    try (MirrorServer mirror = new MirrorServer(failing(500))) {
      fetch(LONG, mirror.address());
      assertThat(mirror.starts()).isEmpty();
    }
    assertComplete();
  }

  @Test
  void theNextMirrorGoesOnWhereABrokenOneEnded() throws IOException {
    MirrorServer.Behaviour breaking =
        (exchange, from) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 120_000);
          exchange.getResponseBody().flush();
        };
    try (MirrorServer broken = new MirrorServer(breaking);
        MirrorServer whole = new MirrorServer(serving(content))) {
      fetch(LONG, broken.address(), whole.address());
      assertThat(whole.starts()).hasSize(1).allMatch(from -> from > 0);
    }
    assertComplete();
  }

  @Test
  void aWrongFileIsDroppedForTheNextMirror() throws IOException {
    byte[] other = content.clone();
    other[199_999] ^= 1;
    try (MirrorServer wrong = new MirrorServer(serving(other));
        MirrorServer longer = new MirrorServer(serving(Arrays.copyOf(content, 200_001)));
        MirrorServer right = new MirrorServer(serving(content))) {
      fetch(LONG, wrong.address(), longer.address(), right.address());
      assertThat(wrong.starts()).containsExactly(0);
      assertThat(longer.starts()).containsExactly(0);
      assertThat(right.starts()).containsExactly(0);
    }
    assertComplete();
  }

  @Test
  void aRangeThatWasNotAskedForIsRefused() throws IOException {
    writePart(Arrays.copyOf(content, 70_000));
    MirrorServer.Behaviour elsewhere =
        (exchange, from) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5-9/200000");
          exchange.sendResponseHeaders(206, 5);
          exchange.getResponseBody().write(content, 5, 5);
        };
    try (MirrorServer mirror = new MirrorServer(elsewhere)) {
      assertFails(LONG, "sent bytes 5-9/200000, needed bytes 70000-", mirror.address());
    }
    assertThat(part).hasSize(70_000);
  }

  @Test
  void namesTheReasonOfEveryMirror() throws IOException {
    URI closed;
    try (MirrorServer mirror = new MirrorServer(serving(content))) {
      closed = mirror.address();
    }
    try (MirrorServer failing = new MirrorServer(failing(503))) {
      assertFails(
          LONG,
          failing.address() + NAME + ": answered with HTTP status 503; ",
          failing.address(),
          closed);
      assertFails(LONG, closed + NAME + ": no connection", failing.address(), closed);
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void aMirrorThatFallsSilentIsLeft() throws IOException {
    MirrorServer.Behaviour mute = (exchange, from) -> Thread.sleep(LONG.toMillis());
    MirrorServer.Behaviour stalling =
        (exchange, from) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 50_000);
          exchange.getResponseBody().flush();
          Thread.sleep(LONG.toMillis());
        };
    try (MirrorServer first = new MirrorServer(mute);
        MirrorServer second = new MirrorServer(stalling);
        MirrorServer third = new MirrorServer(serving(content))) {
      assertFails(SHORT, "sent nothing for 300 ms", first.address(), second.address());
      assertThat(part).hasSize(50_000);
      assertThat(target).doesNotExist();
      fetch(SHORT, first.address(), second.address(), third.address());
      assertThat(third.starts()).containsExactly(50_000);
    }
    assertComplete();
  }

  @Test
  void theFileIsNotVisibleBeforeItIsWhole() throws IOException {
    try (MirrorServer mirror = new MirrorServer(serving(content))) {
      List<Boolean> visible = new ArrayList<>();
      new FileDownload(List.of(mirror.address()), LONG, LONG)
          .fetch(file, directory, (name, done, total) -> visible.add(Files.exists(target)));
      assertThat(visible).hasSizeGreaterThan(2).containsOnly(false);
    }
    assertComplete();
  }

  @Test
  void anInterruptEndsTheDownloadAndKeepsThePart() throws IOException {
    try (MirrorServer mirror = new MirrorServer(serving(content))) {
      FileDownload download =
          new FileDownload(List.of(mirror.address(), mirror.address()), LONG, LONG);
      assertThatExceptionOfType(InterruptedIOException.class)
          .isThrownBy(
              () ->
                  download.fetch(
                      file,
                      directory,
                      (name, done, total) -> {
                        if (done > 0) {
                          Thread.currentThread().interrupt();
                        }
                      }));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(mirror.starts()).hasSize(1);
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void anInterruptOutsideOfATransferIsOneToo() throws IOException {
    writePart(content);
    try (MirrorServer mirror = new MirrorServer(serving(content))) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedIOException.class)
          .isThrownBy(() -> fetch(LONG, mirror.address()));
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void twoDownloadsDoNotMixTheirBytes() throws IOException {
    try (MirrorServer mirror = new MirrorServer(serving(content))) {
      List<String> refusals = new ArrayList<>();
      FileDownload download = new FileDownload(List.of(mirror.address()), LONG, LONG);
      download.fetch(
          file,
          directory,
          (name, done, total) -> {
            try {
              download.fetch(file, directory, (n, d, t) -> {});
            } catch (IOException e) {
              refusals.add(e.getMessage());
            }
          });
      assertThat(refusals).isNotEmpty().allMatch(m -> m.contains("written by another download"));
    }
    assertComplete();
  }

  @Test
  void refusesMirrorsThatCannotWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileDownload(List.of(), LONG, LONG))
        .withMessageContaining("no mirrors");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileDownload(List.of(URI.create("http://a/b")), LONG, LONG))
        .withMessageContaining("slash");
    assertThat(FileDownload.ofMnistMirrors()).isNotNull();
  }

  private void fetch(Duration readTimeout, URI... mirrors) throws IOException {
    progress.clear();
    new FileDownload(List.of(mirrors), LONG, readTimeout)
        .fetch(
            file,
            directory,
            (name, done, total) -> {
              assertThat(name).isEqualTo(NAME);
              assertThat(total).isEqualTo(content.length);
              progress.add(done);
            });
  }

  private void assertFails(Duration readTimeout, String message, URI... mirrors) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> fetch(readTimeout, mirrors))
        .withMessageContaining(message);
  }

  private void assertComplete() throws IOException {
    assertThat(target).hasBinaryContent(content);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(target);
    }
  }

  private void writePart(byte[] bytes) throws IOException {
    Files.createDirectories(directory);
    Files.write(part, bytes);
  }
}
