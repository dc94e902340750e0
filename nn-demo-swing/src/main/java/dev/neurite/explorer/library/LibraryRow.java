package dev.neurite.explorer.library;

import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.io.LibraryEntry;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.train.EpochRecord;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model of the library as text.
 *
 * @param id which
 * @param name for people
 * @param network widths of its layers
 * @param parameters those that are not 0
 * @param accuracy on the test data after its last epoch
 * @param size of its file
 * @param savedAt day on which it was saved, in local time
 * @param parent the model that it was made from; empty for none
 * @param details all that is known, in lines
 * @param curve validation accuracy by epoch; empty if it is not known
 */
public record LibraryRow(
    String id,
    String name,
    String network,
    String parameters,
    String accuracy,
    String size,
    String savedAt,
    String parent,
    String details,
    List<Double> curve) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

  /** Copies the curve. */
  public LibraryRow {
    curve = List.copyOf(curve);
  }

  /** The row of an entry. A pure function. */
  static LibraryRow of(LibraryEntry entry, ZoneId zone) {
    ModelFile.Description description = entry.description();
    @Nullable TrainingRecord training = description.training();
    List<EpochRecord> history = training == null ? List.of() : training.result().history();
    @Nullable EpochRecord last = history.isEmpty() ? null : history.get(history.size() - 1);
    Provenance.@Nullable Parent parent = description.provenance().parent();
    return new LibraryRow(
        entry.id(),
        entry.name(),
        description.spec().widths(),
        Figures.count(entry.nonZeroParameters()),
        last == null ? Figures.NONE : Figures.percent(last.testAccuracy()),
        Figures.bytes(entry.fileBytes()),
        DAY.format(entry.savedAt().atZone(zone)),
        parent == null ? "" : parent.file(),
        details(entry, history),
        history.stream().map(EpochRecord::validationAccuracy).filter(Double::isFinite).toList());
  }

  private static String details(LibraryEntry entry, List<EpochRecord> history) {
    ModelFile.Description description = entry.description();
    StringBuilder text = new StringBuilder(description.spec().summary());
    text.append(
        Texts.format(
            "library.details.parameters",
            Figures.count(entry.nonZeroParameters()),
            Figures.count(description.spec().parameterCount())));
    text.append('\n');
    @Nullable TrainingRecord training = description.training();
    if (training != null) {
      text.append(
          Texts.format(
              "library.details.training",
              history.size(),
              training.spec().batchSize(),
              String.valueOf(training.spec().seed())));
      text.append('\n');
      if (!training.result().message().isEmpty()) {
        text.append(training.result().message()).append('\n');
      }
    }
    Provenance provenance = description.provenance();
    text.append(Texts.format("library.details.data", provenance.data(), provenance.producer()));
    if (provenance.parent() != null) {
      text.append('\n')
          .append(
              Texts.format(
                  "library.details.parent",
                  provenance.parent().file(),
                  provenance.parent().change()));
    }
    return text.toString();
  }
}
