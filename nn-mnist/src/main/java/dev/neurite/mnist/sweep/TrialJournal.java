package dev.neurite.mnist.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.io.SafeFile;
import dev.neurite.nn.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The finished trials of a folder, one line of JSON each. The file is written anew after every
 * trial, whole or not at all, so that nothing finished is lost however the process ends. Trials of
 * other sweeps stay in it. For many threads.
 */
public final class TrialJournal {
  /** Name of the file in its folder. */
  public static final String FILE = "trials.jsonl";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final Map<TrialRecord.Key, TrialRecord> records = new LinkedHashMap<>();

  /**
   * Opens the journal of a folder, which need not exist.
   *
   * @throws IOException if there is one that cannot be read, or none could be written
   */
  public TrialJournal(Path folder) throws IOException {
    file = folder.resolve(FILE);
    SafeFile.requireWritable(file);
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        try {
          TrialRecord record = parse(MAPPER.readTree(lines.get(i)));
          records.put(record.key(), record);
        } catch (JsonProcessingException | IllegalArgumentException e) {
          throw new IOException(
              "line %d of %s is no finished trial; remove the line or take another folder"
                  .formatted(i + 1, file),
              e);
        }
      }
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The number of finished trials, those of other sweeps included. */
  public synchronized int size() {
    return records.size();
  }

  /** A trial, if it is finished. */
  public synchronized Optional<TrialRecord> find(TrialRecord.Key key) {
    return Optional.ofNullable(records.get(key));
  }

  /**
   * Adds a finished trial; once this returns, it is on disk.
   *
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public synchronized void add(TrialRecord record) throws IOException {
    records.put(record.key(), record);
    StringBuilder lines = new StringBuilder();
    for (TrialRecord one : records.values()) {
      lines.append(json(one)).append('\n');
    }
    SafeFile.writeText(file, lines.toString());
  }

  private static ObjectNode json(TrialRecord record) {
    ObjectNode node = MAPPER.createObjectNode();
    ObjectNode settings = node.putObject("settings");
    record.key().settings().forEach(settings::put);
    node.put("seed", record.key().seed());
    node.put("data", record.key().data());
    node.put("kernel", record.key().kernel());
    node.put("outcome", record.outcome().name().toLowerCase(Locale.ROOT));
    node.put("message", record.message());
    if (!record.failed()) {
      node.put("validationAccuracy", record.validationAccuracy());
      node.put("validationLoss", record.validationLoss());
      node.put("testAccuracy", record.testAccuracy());
    }
    node.put("parameters", record.parameters());
    node.put("epochs", record.epochs());
    node.put("seconds", record.seconds());
    return node;
  }

  private static TrialRecord parse(JsonNode node) {
    Map<String, String> settings = new LinkedHashMap<>();
    node.path("settings")
        .fields()
        .forEachRemaining(field -> settings.put(field.getKey(), field.getValue().asText()));
    TrainingResult.Outcome outcome =
        TrainingResult.Outcome.valueOf(node.path("outcome").asText().toUpperCase(Locale.ROOT));
    return new TrialRecord(
        new TrialRecord.Key(
            settings,
            required(node, "seed").asLong(),
            required(node, "data").asText(),
            required(node, "kernel").asText()),
        outcome,
        node.path("message").asText(),
        figure(node, outcome, "validationAccuracy"),
        figure(node, outcome, "validationLoss"),
        figure(node, outcome, "testAccuracy"),
        required(node, "parameters").asInt(),
        required(node, "epochs").asInt(),
        required(node, "seconds").asDouble());
  }

  private static double figure(JsonNode node, TrainingResult.Outcome outcome, String name) {
    return outcome == TrainingResult.Outcome.DIVERGED
        ? Double.NaN
        : required(node, name).asDouble();
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
