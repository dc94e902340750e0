package dev.neurite.bench.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where and when figures were measured; without it they mean nothing.
 *
 * @param measuredAt date and time
 * @param processor its name, or that of its architecture
 * @param cores that the virtual machine may use
 * @param system operating system and version
 * @param java version and maker of the virtual machine
 * @param flags of the virtual machine
 * @param load processes that wanted a core in the minute before; negative where it is not known
 */
record Environment(
    String measuredAt,
    String processor,
    int cores,
    String system,
    String java,
    List<String> flags,
    double load) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Copies the flags. */
  Environment {
    flags = List.copyOf(flags);
  }

  /** That of this process, now. */
  static Environment ofProcess() {
    return new Environment(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processorName() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }

  /** Whether other work was likely to disturb the figures. */
  boolean isBusy() {
    return load > 0.5 * cores;
  }
}
