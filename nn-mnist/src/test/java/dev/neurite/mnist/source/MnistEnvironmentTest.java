package dev.neurite.mnist.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MnistEnvironmentTest {
  private static final Path HOME = Path.of("/home/someone");

  @Test
  void cacheDirectoryFollowsThePlatform() {
    assertThat(cache("Linux", Map.of())).isEqualTo(HOME.resolve(".cache/neurite/mnist"));
    assertThat(cache("Linux", Map.of("XDG_CACHE_HOME", "/caches")))
        .isEqualTo(Path.of("/caches/neurite/mnist"));
    assertThat(cache("Linux", Map.of("XDG_CACHE_HOME", "relative")))
        .isEqualTo(HOME.resolve(".cache/neurite/mnist"));
    assertThat(cache("FreeBSD", Map.of())).isEqualTo(HOME.resolve(".cache/neurite/mnist"));
    assertThat(cache("Mac OS X", Map.of("XDG_CACHE_HOME", "/caches")))
        .isEqualTo(HOME.resolve("Library/Caches/neurite/mnist"));
    assertThat(cache("Windows 11", Map.of("LOCALAPPDATA", "/local")))
        .isEqualTo(Path.of("/local/neurite/mnist"));
    assertThat(cache("Windows 11", Map.of()))
        .isEqualTo(HOME.resolve("AppData/Local/neurite/mnist"));
  }

  @Test
  void aBlankVariableIsNotSet() {
    assertThat(environment("Linux", Map.of("MNIST_DIR", " ")).mnistDirectory()).isEmpty();
    assertThat(environment("Linux", Map.of("MNIST_DIR", "/data")).mnistDirectory())
        .contains(Path.of("/data"));
  }

  @Test
  void theProcessHasAHome() {
    assertThat(MnistEnvironment.ofProcess().home()).isAbsolute();
  }

  private static Path cache(String system, Map<String, String> variables) {
    return environment(system, variables).cacheDirectory();
  }

  private static MnistEnvironment environment(String system, Map<String, String> variables) {
    return new MnistEnvironment(variables, system, HOME);
  }
}
