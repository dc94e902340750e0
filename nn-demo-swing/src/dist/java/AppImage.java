import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Packs the explorer with a Java of its own, so that it runs where none is installed. The image has
 * two launchers, {@code Neurite} for the window and {@code nn} for the command line, and is for the
 * system that it is made on. Maven's profile {@code dist} runs this file as it stands.
 */
public final class AppImage {
  private static final String NAME = "Neurite";
  private static final String MAIN_CLASS = "dev.neurite.mnist.cli.Main";

  /** As {@code bin/nn} has them. */
  private static final List<String> JAVA_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:MetaspaceSize=96m", "--add-modules=jdk.incubator.vector");

  /** Modules that no class names: for screen readers, and for servers with elliptic curves. */
  private static final List<String> UNNAMED_MODULES = List.of("jdk.accessibility", "jdk.crypto.ec");

  private final String mainJar;
  private final Path input;
  private final Path runtime;
  private final Path launcher;
  private final Path out;

  private AppImage(String mainJar, Path out) {
    this.mainJar = mainJar;
    this.out = out;
    input = out.resolve("input");
    runtime = out.resolve("runtime");
    launcher = out.resolve("nn.properties");
  }

  /**
   * Makes the image.
   *
   * @param arguments the directory of the jars; the name of the explorer's jar among them; its
   *     version; the directory for the image, which is emptied before
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path jars = Path.of(arguments[0]);
    String version = arguments[2].replace("-SNAPSHOT", ""); // jpackage takes numbers only
    AppImage image = new AppImage(arguments[1], Path.of(arguments[3]));
    delete(image.out);
    image.collect(jars);
    image.linkRuntime();
    image.archiveClasses();
    image.pack(version);
    delete(image.input);
    delete(image.runtime);
    Files.delete(image.launcher);
    System.out.println("App image: " + image.out.resolve(NAME));
  }

  /** The jars alone: the launchers keep other files beside them. */
  private void collect(Path jars) throws IOException {
    Files.createDirectories(input);
    for (Path jar : jarsIn(jars)) {
      Files.copy(jar, input.resolve(jar.getFileName()));
    }
  }

  private static List<Path> jarsIn(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  /** A Java of the modules that the jars need. */
  private void linkRuntime() throws IOException {
    String needed =
        run(
            "jdeps",
            "--print-module-deps",
            "--ignore-missing-deps", // of optional parts of libraries
            "--multi-release=17",
            "--class-path",
            String.join(File.pathSeparator, jarsIn(input).stream().map(Path::toString).toList()),
            input.resolve(mainJar).toString());
    TreeSet<String> modules = new TreeSet<>(List.of(needed.strip().split(",")));
    UNNAMED_MODULES.stream()
        .filter(name -> ModuleFinder.ofSystem().find(name).isPresent())
        .forEach(modules::add);
    run(
        "jlink",
        "--add-modules=" + String.join(",", modules),
        "--strip-java-debug-attributes", // --strip-debug needs objcopy
        "--no-header-files",
        "--no-man-pages",
        "--output=" + runtime);
  }

  /** Lets Java map its own classes instead of reading them; a JDK has that, a linked Java not. */
  private void archiveClasses() throws IOException, InterruptedException {
    Process dump =
        new ProcessBuilder(
                runtime.resolve("bin").resolve("java").toString(), "-Xshare:dump", "-Xlog:disable")
            .inheritIO()
            .start();
    if (dump.waitFor() != 0) {
      throw new IllegalStateException("java -Xshare:dump ended with " + dump.exitValue());
    }
  }

  private void pack(String version) throws IOException {
    Properties nn = new Properties();
    nn.setProperty("arguments", "");
    nn.setProperty("win-console", "true");
    try (var writer = Files.newBufferedWriter(launcher)) {
      nn.store(writer, null);
    }
    List<String> words = new ArrayList<>(List.of("--type", "app-image", "--name", NAME));
    words.addAll(List.of("--input", input.toString(), "--main-jar", mainJar));
    words.addAll(List.of("--main-class", MAIN_CLASS, "--arguments", "explore"));
    words.addAll(List.of("--add-launcher", "nn=" + launcher));
    words.addAll(List.of("--runtime-image", runtime.toString(), "--dest", out.toString()));
    if (!System.getProperty("os.name").startsWith("Mac")) { // there a version begins at 1
      words.addAll(List.of("--app-version", version));
    }
    JAVA_OPTIONS.forEach(option -> words.addAll(List.of("--java-options", option)));
    run("jpackage", words.toArray(String[]::new));
  }

  /** Runs a tool of the JDK; gives what it prints. */
  private static String run(String tool, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("this JDK has no " + tool))
            .run(new PrintWriter(out), new PrintWriter(err), words);
    if (code != 0) {
      throw new IllegalStateException("%s failed: %s%s".formatted(tool, out, err));
    }
    return out.toString();
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> found = Files.walk(directory)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
