package dev.neurite.mnist.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.neurite.nn.train.TrainingResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialJournalTest {
  @TempDir private Path folder;

  private static Trial trial(String lr, long seed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("lr", lr);
    settings.put("layers", "32,\"16\"");
    return new Trial(1, Map.of("lr", lr), settings, seed);
  }

  private static TrialRecord record(String lr, long seed) {
    return SweepResultTest.record(trial(lr, seed), Outcome.COMPLETED, 1 / 3.0, 0.1, 2 / 3.0);
  }

  @Test
  void whatWasAddedIsFoundByTheNextOne() throws IOException {
    Path place = folder.resolve("new/report");
    TrialJournal journal = new TrialJournal(place);
    assertThat(journal.size()).isZero();
    assertThat(place.resolve("trials.jsonl")).doesNotExist();
    TrialRecord done = record("0.1", 1);
    TrialRecord failed =
        SweepResultTest.record(trial("9", 1), Outcome.DIVERGED, Double.NaN, Double.NaN, Double.NaN);
    journal.add(done);
    assertThat(new TrialJournal(place).size()).isEqualTo(1);
    journal.add(failed);

    TrialJournal next = new TrialJournal(place);
    assertThat(next.find(done.key())).contains(done);
    assertThat(next.find(failed.key())).contains(failed);
    assertThat(Files.readAllLines(next.file())).hasSize(2).allMatch(l -> l.startsWith("{"));
    try (var files = Files.list(place)) {
      assertThat(files).containsExactly(place.resolve("trials.jsonl"));
    }
  }

  @Test
  void aTrialIsTheSameOnlyIfAllThatItsFiguresDependOnIs() throws IOException {
    TrialJournal journal = new TrialJournal(folder);
    journal.add(record("0.1", 1));
    Map<String, String> otherOrder = new LinkedHashMap<>();
    otherOrder.put("layers", "32,\"16\"");
    otherOrder.put("lr", "0.1");
    Map<String, String> more = new LinkedHashMap<>(otherOrder);
    more.put("epochs", "3");
    assertThat(journal.find(new TrialRecord.Key(otherOrder, 1, "data", "plain"))).isPresent();
    assertThat(journal.find(new TrialRecord.Key(more, 1, "data", "plain"))).isEmpty();
    assertThat(journal.find(new TrialRecord.Key(otherOrder, 2, "data", "plain"))).isEmpty();
    assertThat(journal.find(new TrialRecord.Key(otherOrder, 1, "mnist", "plain"))).isEmpty();
    assertThat(journal.find(new TrialRecord.Key(otherOrder, 1, "data", "simd"))).isEmpty();
    assertThat(journal.find(record("0.2", 1).key())).isEmpty();
  }

  @Test
  void aLineThatIsNoTrialIsSaid() throws IOException {
    TrialJournal journal = new TrialJournal(folder);
    journal.add(record("0.1", 1));
    String good = Files.readString(journal.file());
    int checked = 0;
    for (String bad :
        new String[] {
          "{\"seed\":",
          "",
          "{}",
          "7",
          good.replace("\"completed\"", "\"cancelled\"").strip(),
          good.replace("\"validationAccuracy\"", "\"accuracy\"").strip()
        }) {
      Files.writeString(journal.file(), good + bad + "\n");
      assertThatIOException()
          .as(bad)
          .isThrownBy(() -> new TrialJournal(folder))
          .withMessageContaining("line 2 of " + journal.file() + " is no finished trial");
      checked++;
    }
    assertThat(checked).isEqualTo(6);
  }
}
