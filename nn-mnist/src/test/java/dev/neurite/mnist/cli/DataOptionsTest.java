package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.mnist.source.MnistSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DataOptionsTest {
  private static DataOptions parsed(String... arguments) {
    DataOptions options = new DataOptions();
    new CommandLine(new Holder(options)).parseArgs(arguments);
    return options;
  }

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin DataOptions options) {}

  @ParameterizedTest
  @ValueSource(strings = {"fashion", "kmnist"})
  void dataOfTheSameFilesLiesBesideMnist(String word) {
    Path mnist = MnistSource.ofProcess().cacheDirectory();

    assertThat(parsed("--data", word).directory()).isEqualTo(mnist.resolveSibling(word));
  }

  @Test
  void otherWordsAreDirectories() {
    assertThat(parsed("--data", "./fashion").directory()).isEqualTo(Path.of("./fashion"));
    assertThat(parsed("--data", "mnist").directory()).isNull();
    assertThat(parsed("--data", "synthetic").directory()).isNull();
    assertThat(parsed().directory()).isNull();
  }
}
