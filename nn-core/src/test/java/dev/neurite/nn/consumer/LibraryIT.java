package dev.neurite.nn.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar from outside: the program in {@code src/it} compiled and run as its users would. */
class LibraryIT {
  private static final long MAX_JAR_BYTES = 500_000;

  /** All that the library needs when it runs. */
  private static final List<String> NEEDED =
      List.of(
          "ejml-core", "ejml-fdense", "jackson-annotations", "jackson-core", "jackson-databind");

  private static final List<String> FOR_ONNX = List.of("tribuo-util-onnx", "protobuf-java");

  @TempDir private Path folder;

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars =
          files
              .filter(file -> file.getFileName().toString().matches("nn-core-[^/]*\\.jar"))
              .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
              .toList();
      assertThat(jars).as("jars of the library in target").hasSize(1);
      return jars.get(0).toAbsolutePath();
    }
  }

  private static String path(List<String> artifacts) throws IOException {
    List<String> jars = new ArrayList<>(List.of(jar().toString()));
    for (String artifact : artifacts) {
      List<String> found =
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .filter(entry -> Path.of(entry).getFileName().toString().matches(artifact + "-\\d.*"))
              .toList();
      assertThat(found).as(artifact).hasSize(1);
      jars.add(found.get(0));
    }
    return String.join(File.pathSeparator, jars);
  }

  @Test
  void theJarIsSmall() throws IOException {
    assertThat(Files.size(jar())).isBetween(50_000L, MAX_JAR_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "classpath, false, false",
    "classpath, true, true",
    "modulepath, false, false",
    "modulepath, true, true",
  })
  void exclusiveOrIsLearned(String way, boolean vectors, boolean onnx)
      throws IOException, InterruptedException {
    Path sources = Path.of("src/it/consumer/src/main/java").toAbsolutePath();
    Path classes = folder.resolve("classes");
    String needed = path(NEEDED);
    boolean modules = way.equals("modulepath");
    List<String> compile = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
    compile.addAll(List.of(modules ? "--module-path" : "--class-path", needed));
    compile.add(sources.resolve("org/example/Xor.java").toString());
    if (modules) {
      compile.add(sources.resolve("module-info.java").toString());
    }
    assertThat(
            ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, compile.toArray(String[]::new)))
        .isZero();

    List<String> all = new ArrayList<>(NEEDED);
    if (onnx) {
      all.addAll(FOR_ONNX);
    }
    String jars = classes + File.pathSeparator + path(all);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (vectors) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    if (modules && onnx) {
      command.addAll(List.of("--add-modules", "org.tribuo.util.onnx,com.google.protobuf"));
    }
    command.addAll(
        modules
            ? List.of("--module-path", jars, "--module", "org.example.xor/org.example.Xor")
            : List.of("--class-path", jars, "org.example.Xor"));
    command.add(folder.resolve("xor.safetensors").toString());
    String output = run(command);
    assertThat(output)
        .contains("kernel " + (vectors ? "simd" : "plain"))
        .contains("0 xor 0 = 0", "0 xor 1 = 1", "1 xor 0 = 1", "1 xor 1 = 0")
        .contains("saved 2-16-2")
        .contains(
            onnx
                ? "onnx written"
                : "ONNX files need org.tribuo:tribuo-util-onnx on the class path");
    assertThat(folder.resolve("xor.safetensors")).exists();
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
