import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
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

  private static final String REHEARSAL_CLASS = "dev.neurite.explorer.app.ClassRehearsal";

  /** As {@code bin/nn} has them. */
  private static final List<String> JAVA_OPTIONS = javaOptions();

  /** The classes of the window in one file, as {@code bin/nn} has it; its name in the launchers. */
  private static final String ARCHIVE = "classes.jsa";

  /** The launchers' word for the directory of the jars. */
  private static final String APP_DIRECTORY = "$APPDIR";

  /** Modules that no class names: for screen readers, and for servers with elliptic curves. */
  private static final List<String> UNNAMED_MODULES = List.of("jdk.accessibility", "jdk.crypto.ec");

  private final String mainJar;
  private final Path input;
  private final Path runtime;
  private final Path launcher;
  private final Path out;

  private static List<String> javaOptions() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-XX:MetaspaceSize=96m",
                "-XX:PretenureSizeThreshold=7m",
                "--add-modules=jdk.incubator.vector"));
    if (Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage"))) {
      options.add("-XX:+UseTransparentHugePages");
    }
    return options;
  }

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
    image.archiveJavaClasses();
    image.pack(version);
    delete(image.input);
    delete(image.runtime);
    Files.delete(image.launcher);
    image.archiveWindowClasses();
    System.out.println("App image in " + image.out);
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
  private void archiveJavaClasses() throws IOException, InterruptedException {
    java(runtime, List.of("-Xshare:dump", "-Xlog:disable"));
  }

  /**
   * The same for the classes of the window. Java checks the class path that it was made with: it
   * has to be that of the launcher, and on JDK 17 an image that was moved starts without.
   */
  private void archiveWindowClasses() throws IOException, InterruptedException {
    Path app = find(out, NAME + ".cfg").toAbsolutePath().getParent();
    List<String> classes = new ArrayList<>();
    for (String line : Files.readAllLines(app.resolve(NAME + ".cfg"))) {
      if (line.startsWith("app.classpath=")) {
        classes.add(line.substring(line.indexOf('=') + 1).replace(APP_DIRECTORY, app.toString()));
      }
    }
    List<String> words = new ArrayList<>(JAVA_OPTIONS);
    words.addAll(List.of("-XX:ArchiveClassesAtExit=" + app.resolve(ARCHIVE), "-Xlog:disable"));
    words.addAll(List.of("-Djava.awt.headless=true", "-cp"));
    words.addAll(List.of(String.join(File.pathSeparator, classes), REHEARSAL_CLASS));
    java(find(out, "release").getParent(), words);
  }

  /** The only file of a name. */
  private static Path find(Path directory, String name) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static void java(Path home, List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s".formatted(command, process.exitValue(), said));
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
    List<String> options = new ArrayList<>(JAVA_OPTIONS);
    options.add("-XX:SharedArchiveFile=" + APP_DIRECTORY + "/" + ARCHIVE);
    options.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off")); // it starts without, too
    options.forEach(option -> words.addAll(List.of("--java-options", option)));
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
