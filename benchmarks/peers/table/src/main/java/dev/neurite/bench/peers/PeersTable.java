package dev.neurite.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures every peer on 1 and on 2 threads, each in a process of its own, and prints one table
 * with the best of each figure.
 *
 * <p>Settings come from system properties: {@code peers.home}, the folder {@code benchmarks/peers}
 * (by default as seen from the project); {@code peers.seconds}, after which no further epoch of a
 * workload begins (10); {@code peers.rounds}, how often all peers take turns (1), because a host
 * that is busy for a minute slows down whoever has his turn; {@code peers.java25}, a Java 25 for
 * Smile. The only argument is the directory of MNIST; further ones name the peers to measure, all
 * where none is named.
 */
public final class PeersTable {
  private static final List<String> FIGURES =
      List.of("W0", "W1", "W2", "W3", "SINGLE", "SINGLE_P99", "BATCH");

  private static final List<Contestant> CONTESTANTS =
      List.of(
          new Contestant("neurite", "table", "NeuritePeer"),
          new Contestant("djl", "djl", "djl.DjlPeer"),
          new Contestant("pytorch", "pytorch", "pytorch.PyTorchPeer"),
          new Contestant("pytorch-debian", "python", "pytorch.py"),
          new Contestant("dl4j", "dl4j", "dl4j.Dl4jPeer"),
          new Contestant("tensorflow", "tensorflow", "tensorflow.TensorFlowPeer"),
          new Contestant("smile", "smile", "SmilePeer.java"),
          new Contestant("tfjs", "tfjs", "tfjs.js"));

  private final Path home = Path.of(System.getProperty("peers.home", "benchmarks/peers"));
  private final String seconds = System.getProperty("peers.seconds", "10");
  private final int rounds = Integer.getInteger("peers.rounds", 1);
  private final Path mnist;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * A peer to start.
   *
   * @param name in the table
   * @param folder of its module
   * @param main its class, or its source for another launcher
   */
  private record Contestant(String name, String folder, String main) {}

  /**
   * The better of the figures so far.
   *
   * @param value of the figure
   * @param threads it was reached with
   * @param accuracy after the epochs, NaN of predictions
   */
  private record Best(double value, int threads, double accuracy) {}

  private PeersTable(Path mnist) {
    this.mnist = mnist;
  }

  /** Measures and prints. */
  public static void main(String... args) throws IOException, InterruptedException {
    if (args.length == 0) {
      System.err.println("usage: PeersTable MNIST_DIRECTORY [PEER...]");
      System.exit(2);
    }
    List<String> names = List.of(args).subList(1, args.length);
    PeersTable table = new PeersTable(Path.of(args[0]).toAbsolutePath());
    System.out.println(
        "| peer | W0 s | W1 s | W2 s | W3 s | one image us | its p99 us | images/s |\n"
            + "|---|---|---|---|---|---|---|---|");
    if (table.rounds < 1) {
      System.err.println("peers.rounds must be at least 1, received " + table.rounds);
      System.exit(2);
    }
    List<Entry> entries = new ArrayList<>();
    for (Contestant contestant : CONTESTANTS) {
      if (names.isEmpty() || names.contains(contestant.name())) {
        entries.add(new Entry(contestant));
      }
    }
    try {
      for (int round = 1; round <= table.rounds; round++) {
        for (Entry entry : entries) {
          table.measure(entry);
        }
      }
    } finally {
      entries.forEach(entry -> System.out.println(entry.row()));
      System.out.printf(
          "Best of %d rounds. Epochs: median seconds (threads; test accuracy afterwards)."
              + " Predictions: value (threads).%n",
          table.rounds);
    }
  }

  /** Runs a peer on one thread and on two, and keeps the better of all its figures. */
  private void measure(Entry entry) throws IOException, InterruptedException {
    for (int threads = 1; threads <= 2; threads++) {
      List<String> command = command(entry.contestant, threads);
      if (command == null) {
        entry.version = "not available: " + missing(entry.contestant);
        return;
      }
      System.err.printf("%s on %d%n", entry.contestant.name(), threads);
      for (JsonNode line : lines(command, threads)) {
        if (line.has("version")) {
          entry.version = line.get("version").asText();
        } else {
          double accuracy = line.path("accuracy").asDouble(Double.NaN);
          entry.add(
              line.get("figure").asText(),
              new Best(line.get("value").asDouble(), threads, accuracy));
        }
      }
    }
  }

  /** A line of the table. */
  private static final class Entry {
    private final Contestant contestant;
    private final Map<String, Best> best = new TreeMap<>();
    private String version = "";

    Entry(Contestant contestant) {
      this.contestant = contestant;
    }

    void add(String figure, Best measured) {
      boolean more = figure.equals("BATCH");
      Best old = best.get(figure);
      if (old == null
          || (more ? measured.value() > old.value() : measured.value() < old.value())) {
        best.put(figure, measured);
      }
    }

    String row() {
      StringBuilder row = new StringBuilder("| " + contestant.name() + " " + version + " |");
      if (best.isEmpty()) {
        return row.toString();
      }
      for (String figure : FIGURES) {
        row.append(' ').append(cell(figure, best.get(figure))).append(" |");
      }
      return row.toString();
    }
  }

  private static String cell(String figure, @Nullable Best best) {
    if (best == null) {
      return "none";
    }
    if (figure.startsWith("W")) {
      return String.format(
          Locale.ROOT, "%.3f (%d; %.1f %%)", best.value(), best.threads(), 100 * best.accuracy());
    }
    return String.format(
        Locale.ROOT,
        figure.equals("BATCH") ? "%,.0f (%d)" : "%.1f (%d)",
        best.value(),
        best.threads());
  }

  /** What starts the peer, or null where something is missing. */
  private @Nullable List<String> command(Contestant contestant, int threads) {
    Path folder = home.resolve(contestant.folder());
    List<String> command = new ArrayList<>();
    if (contestant.main().endsWith(".py")) {
      command.add("/usr/bin/python3");
      command.add(folder.resolve(contestant.main()).toString());
    } else if (contestant.main().endsWith(".js")) {
      if (!Files.isDirectory(folder.resolve("node_modules"))) {
        return null;
      }
      command.add("node");
      command.add(folder.resolve(contestant.main()).toString());
    } else {
      boolean fromSource = contestant.main().endsWith(".java");
      String java = fromSource ? java25() : System.getProperty("java.home");
      if (java.isEmpty() || !Files.isDirectory(folder.resolve("target/lib"))) {
        return null;
      }
      String target = folder.resolve("target").toString();
      command.add(Path.of(java, "bin", "java").toString());
      command.addAll(
          List.of(
              "-XX:+UseSerialGC",
              "--add-modules",
              "jdk.incubator.vector",
              "-Doffline=true", // DJL takes its native part from the class path alone
              "-cp",
              String.join(File.pathSeparator, target + "/classes", target + "/lib/*")));
      command.add(
          fromSource
              ? folder.resolve(contestant.main()).toString()
              : "dev.neurite.bench.peers." + contestant.main());
    }
    command.addAll(List.of(Integer.toString(threads), mnist.toString(), seconds));
    return command;
  }

  /** Home of a Java 25 or newer, or nothing. */
  private static String java25() {
    String home = Runtime.version().feature() >= 25 ? System.getProperty("java.home") : "";
    return System.getProperty("peers.java25", home);
  }

  private static String missing(Contestant contestant) {
    if (contestant.name().equals("tfjs")) {
      return "run npm install in benchmarks/peers/tfjs first";
    }
    return contestant.name().equals("smile") && java25().isEmpty()
        ? "Smile 6 needs Java 25; run the table with one or set -Dpeers.java25=HOME"
        : "not built; run mvn -Ppeers,quick package first";
  }

  /** Runs the process and returns its lines of JSON. */
  private List<JsonNode> lines(List<String> command, int threads)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    // Two pools of threads that spin against each other take several times as long.
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("GOMP_SPINCOUNT", "0");
    environment.put("OPT_OUT_TRACKING", "true");
    environment.put("TF_CPP_MIN_LOG_LEVEL", "2");
    if (!Boolean.getBoolean("peers.keepBlasSettings")) {
      // Meant for libraries that are too old for the processor; they slow down the others.
      environment.keySet().removeIf(key -> key.startsWith("OPENBLAS_"));
    }
    Process process = builder.start();
    List<JsonNode> lines = new ArrayList<>();
    String last = "";
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("{")) {
          lines.add(json.readTree(line));
        } else if (!line.isBlank()) {
          last = line;
        }
      }
    }
    int exit = process.waitFor();
    if (exit != 0) {
      System.err.printf("%s ended with %d: %s%n", command.get(command.size() - 4), exit, last);
    }
    return lines;
  }
}
