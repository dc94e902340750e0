package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLibraryTest {
  @TempDir Path folder;

  private static SavedModel sample() {
    return SampleModels.with(Activation.RELU, Activation.SOFTMAX, 1);
  }

  @Test
  void givesBackWhatWasSavedWithItsHistory() throws IOException {
    TrainingRecord record =
        new TrainingRecord(
            TrainingSpec.classifier(3).withLoss(Loss.SOFTMAX_CROSS_ENTROPY),
            new TrainingResult(
                TrainingResult.Outcome.CANCELLED,
                "stopped",
                List.of(new EpochRecord(1, 1, 0.5, 2, 0.6, 3, 0.7, 0.001, 4)),
                0,
                5));
    Provenance provenance =
        new Provenance(
            "p",
            "2026-01-02T03:04:05Z",
            "mnist",
            "plain",
            1,
            new Provenance.Parent("f", "t", "c", null));
    SavedModel saved = new SavedModel(sample().model(), record, provenance);
    LibraryEntry entry = new ModelLibrary(folder).save("My  ünusual / model", saved);

    ModelLibrary again = new ModelLibrary(folder); // as another process would see it
    assertThat(again.list().damaged()).isEmpty();
    assertThat(again.list().entries()).containsExactly(entry);
    assertThat(entry.name()).isEqualTo("My  ünusual / model");
    assertThat(entry.description().training()).isEqualTo(record);
    assertThat(entry.description().provenance()).isEqualTo(provenance);
    assertThat(entry.description().spec()).isEqualTo(saved.model().spec());
    SavedModel loaded = again.load(entry.id());
    int nonZero = 0;
    for (int i = 0; i < loaded.model().parameters().size(); i++) {
      float[] values = loaded.model().parameters().get(i).value().data;
      assertThat(values).isEqualTo(saved.model().parameters().get(i).value().data);
      for (float value : values) {
        nonZero += value == 0 ? 0 : 1;
      }
    }
    assertThat(entry.nonZeroParameters())
        .isEqualTo(nonZero)
        .isLessThan(entry.description().spec().parameterCount());
  }

  @Test
  void namesMayRepeatChangeAndAreChecked() throws IOException {
    ModelLibrary library = new ModelLibrary(folder);
    LibraryEntry a = library.save("same", sample());
    LibraryEntry b = library.save("same", sample());
    assertThat(a.id()).isNotEqualTo(b.id());
    assertThat(library.rename(a.id(), "other").name()).isEqualTo("other");
    assertThat(library.list().entries())
        .extracting(LibraryEntry::name)
        .containsExactlyInAnyOrder("same", "other");
    assertThat(library.list().entries())
        .extracting(LibraryEntry::id)
        .containsExactly(b.id(), a.id());
    for (String bad : new String[] {" ", "a\nb", "x".repeat(81)}) {
      assertThatThrownBy(() -> library.rename(a.id(), bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("80");
      assertThatThrownBy(() -> library.save(bad, sample()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(library.list().entries()).hasSize(2);
  }

  @Test
  void whatIsDeletedCanComeBackUntilTheTrashIsTidied() throws IOException {
    ModelLibrary library = new ModelLibrary(folder);
    LibraryEntry entry = library.save("a", sample());
    library.delete(entry.id());
    assertThat(library.list().entries()).isEmpty();
    assertThatThrownBy(() -> library.load(entry.id()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no longer there");
    assertThatThrownBy(() -> library.rename(entry.id(), "b")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> library.delete(entry.id())).isInstanceOf(IOException.class);
    library.tidy(Duration.ofDays(30));
    library.restore(entry.id());
    assertThat(library.list().entries()).containsExactly(entry);
    library.delete(entry.id());
    library.tidy(Duration.ZERO);
    assertThatThrownBy(() -> library.restore(entry.id())).isInstanceOf(IOException.class);
  }

  @Test
  void anEmptyPlaceIsAnEmptyLibraryAndStaysUntouched() throws IOException {
    ModelLibrary library = new ModelLibrary(folder.resolve("not/there"));
    assertThat(library.list().entries()).isEmpty();
    library.tidy(Duration.ZERO);
    assertThat(folder.resolve("not")).doesNotExist();
    assertThatThrownBy(() -> library.load(UUID.randomUUID().toString()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> library.delete("../elsewhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDamagedEntryIsToldAndTheOthersAreShown() throws IOException {
    ModelLibrary library = new ModelLibrary(folder);
    LibraryEntry good = library.save("good", sample());
    Path models = folder.resolve("models");
    for (String part : new String[] {"model.safetensors", "entry.json"}) {
      LibraryEntry bad = library.save("bad", sample());
      Files.writeString(models.resolve(bad.id()).resolve(part), "{");
    }
    LibraryEntry half = library.save("half", sample());
    Files.delete(models.resolve(half.id()).resolve("model.safetensors"));
    ModelLibrary.Listing listing = library.list();
    assertThat(listing.entries()).containsExactly(good);
    assertThat(listing.damaged()).hasSize(3);
  }

  @Test
  void valueBytesAreThoseOfTheFile() throws IOException {
    Model dense = Model.create(LibraryChanger.SPEC, 3);
    for (Model model : new Model[] {dense, WeightPruning.global().pruned(dense, 0.9)}) {
      Path file = folder.resolve("m.safetensors");
      ModelFile.write(file, new SavedModel(model, null, SampleModels.PROVENANCE));
      long header = SafetensorsFile.read(file).tensors().isEmpty() ? 0 : 8 + headerBytes(file);
      assertThat(ModelFile.valueBytes(model)).isEqualTo(Files.size(file) - header);
    }
    assertThat(ModelFile.valueBytes(dense)).isEqualTo(4L * LibraryChanger.SPEC.parameterCount());
  }

  private static long headerBytes(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return (bytes[0] & 0xFFL) | (bytes[1] & 0xFFL) << 8 | (bytes[2] & 0xFFL) << 16;
  }

  @Test
  void processesThatAreKilledWhileChangingItLeaveNothingHalf() throws Exception {
    ModelLibrary library = new ModelLibrary(folder);
    int before = 0;
    for (int kill = 0; kill < 4; kill++) {
      Process one = changer("one");
      Process two = changer("two");
      awaitLines(one, 2);
      awaitLines(two, 2);
      Thread.sleep(7 * kill); // another moment each time
      one.destroyForcibly();
      two.destroyForcibly();
      one.waitFor();
      two.waitFor();
      ModelLibrary.Listing listing = library.list();
      assertThat(listing.damaged()).isEmpty();
      assertThat(listing.entries()).hasSizeGreaterThan(before);
      before = listing.entries().size();
      assertThat(listing.entries()).extracting(LibraryEntry::id).doesNotHaveDuplicates();
      Model expected = Model.create(LibraryChanger.SPEC, 1);
      for (LibraryEntry entry : listing.entries()) {
        if (!entry.name().equals("after")) {
          float[] values = library.load(entry.id()).model().kernel(0).value().data;
          assertThat(Arrays.equals(values, expected.kernel(0).value().data)).isTrue();
        }
      }
      library.save("after", sample()); // the lock was given back
    }
    library.tidy(Duration.ZERO);
    assertThat(library.list().entries()).hasSize(before + 1);
    try (Stream<Path> left = Files.list(folder.resolve("trash"))) {
      assertThat(left).isEmpty();
    }
  }

  private Process changer(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xmx128m",
            LibraryChanger.class.getName(),
            folder.toString(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void awaitLines(Process process, int count) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (int i = 0; i < count; i++) {
      assertThat(lines.readLine()).as("the changer lives").isNotNull();
    }
  }
}
