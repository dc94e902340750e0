package dev.neurite.mnist.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDataDirectoryTest {
  private static final Path HOME = Path.of("/home/me");

  private static Path path(String property, String system, Map<String, String> variables) {
    return new UserDataDirectory(property, variables, system, HOME).path();
  }

  @Test
  void everySystemHasItsUsualPlace() {
    assertThat(path(null, "Linux", Map.of())).isEqualTo(Path.of("/home/me/.local/share/neurite"));
    assertThat(path(null, "Linux", Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo(Path.of("/data/neurite"));
    assertThat(path(null, "Linux", Map.of("XDG_DATA_HOME", "relative")))
        .isEqualTo(Path.of("/home/me/.local/share/neurite"));
    assertThat(path(null, "Mac OS X", Map.of()))
        .isEqualTo(Path.of("/home/me/Library/Application Support/neurite"));
    assertThat(path(null, "Windows 11", Map.of("APPDATA", "/roaming")))
        .isEqualTo(Path.of("/roaming/neurite"));
    assertThat(path(null, "Windows 11", Map.of()))
        .isEqualTo(Path.of("/home/me/AppData/Roaming/neurite"));
  }

  @Test
  void propertyGoesBeforeVariableBeforeUsualPlace() {
    Map<String, String> variables = Map.of("NEURITE_DATA", "/v", "XDG_DATA_HOME", "/data");
    assertThat(path("/p", "Linux", variables)).isEqualTo(Path.of("/p"));
    assertThat(path(" ", "Linux", variables)).isEqualTo(Path.of("/v"));
  }
}
