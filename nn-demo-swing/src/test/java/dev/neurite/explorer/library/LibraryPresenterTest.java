package dev.neurite.explorer.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.NowStorage;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.library.LibraryFace.Mood;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.text.Figures;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.io.AnyModelFile;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.ModelLibrary;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.prune.PruningScope;
import dev.neurite.nn.prune.WeightPruning;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPresenterTest {
  private static final EngineSpec ENGINE = new EngineSpec(KernelChoice.PLAIN, 1);

  @TempDir Path folder;
  private final Session session = new Session();
  private final View view = new View();
  private final Model model = Model.create(TinyDigits.experiment(1).model(), 5);
  private LibraryPresenter presenter;

  private void open() {
    presenter =
        new LibraryPresenter(
            view, session, new NowStorage(), new ModelLibrary(folder.resolve("lib")), ENGINE);
    presenter.seen();
  }

  private Run trainedRun() {
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    Run run = session.begin(TinyDigits.experiment(2)).after(Events.started());
    run = run.withPredictor(new Predictor(model));
    run = run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1), Events.epoch(2))));
    session.update(run);
    return run;
  }

  @Test
  void anEmptyLibrarySaysSoAndSavesNothing() {
    open();
    assertThat(view.face.mood()).isEqualTo(Mood.EMPTY);
    assertThat(view.face.canSave()).isFalse();
    presenter.saved("x");
    assertThat(view.rows).isEmpty();
  }

  @Test
  void savesWithHistoryAndOpensTheSameAgain() {
    open();
    Run run = trainedRun();
    assertThat(view.suggested).isEqualTo("Tiny");
    assertThat(view.face.saveText()).isEqualTo("Save 1 Tiny");
    presenter.saved(" My first ");
    assertThat(view.face.mood()).isEqualTo(Mood.DONE);
    LibraryRow row = view.rows.get(0);
    assertThat(row.name()).isEqualTo("My first");
    assertThat(row.network()).isEqualTo("784-16-10");
    assertThat(row.accuracy()).isEqualTo("20.00 %");
    assertThat(row.curve()).containsExactly(0.1, 0.2);
    assertThat(row.details()).contains("Trained for 2 epochs").contains("mnist");
    presenter.loaded(row.id(), row.name());
    Run opened = session.selected().orElseThrow();
    assertThat(opened.id()).isEqualTo(new RunId(2));
    assertThat(opened.name()).isEqualTo("2 My first");
    assertThat(opened.state()).isEqualTo(RunState.COMPLETED);
    assertThat(opened.history()).isEqualTo(run.history());
    assertThat(opened.experiment().training()).isEqualTo(run.experiment().training());
    float[] input = new float[784];
    Arrays.fill(input, 0.3f);
    assertThat(opened.predictor().predict(input))
        .isEqualTo(new Predictor(model, ENGINE).predict(input));
  }

  @Test
  void anOpenedModelRemembersItsDataAndTheNamesOfItsClasses() {
    open();
    Run run = session.begin(TinyDigits.withClothes(2)).withPredictor(new Predictor(model));
    session.update(run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1)))));
    presenter.saved("Clothes");
    LibraryRow row = view.rows.get(0);
    assertThat(row.details()).contains("fashion");
    presenter.loaded(row.id(), row.name());
    assertThat(session.selected().orElseThrow().experiment().data())
        .isEqualTo(TinyDigits.clothes());
  }

  @Test
  void anOpenedModelThatIsPrunedSaysHowMuchIsLeft() {
    open();
    Model pruned = Model.create(TinyDigits.experiment(1).model(), 1);
    new WeightPruning(PruningScope.GLOBAL, false).prune(pruned, 0.9);
    int left = (784 * 16 + 160) - pruned.prunedWeights();
    Run run = session.begin(TinyDigits.experiment(2)).withPredictor(new Predictor(pruned));
    session.update(run.after(Events.ended(Outcome.COMPLETED, List.of(Events.epoch(1)))));
    presenter.saved("Pruned");
    presenter.loaded(view.rows.get(0).id(), "Pruned");
    Run opened = session.selected().orElseThrow();
    assertThat(opened.nonZeroParameters()).isEqualTo(left); // biases begin at 0
    assertThat(opened.isPruned()).isTrue();
    assertThat(opened.sparsity()).isCloseTo(0.9, within(1e-4));
    assertThat(opened.fileBytes()).isLessThan(run.fileBytes() / 4);
    assertThat(Figures.count(left)).isEqualTo(view.rows.get(0).parameters());
  }

  @Test
  void renamesDeletesAndUndoes() {
    open();
    trainedRun();
    presenter.saved("a");
    String id = view.rows.get(0).id();
    presenter.renamed(id, "b");
    assertThat(view.rows).extracting(LibraryRow::name).containsExactly("b");
    presenter.renamed(id, " ");
    assertThat(view.face.mood()).isEqualTo(Mood.WRONG);
    assertThat(view.face.details()).contains("80 characters");
    presenter.deleted(id, "b");
    assertThat(view.rows).isEmpty();
    assertThat(view.face.canUndo()).isTrue();
    presenter.undone();
    assertThat(view.rows).extracting(LibraryRow::name).containsExactly("b");
    assertThat(view.face.canUndo()).isFalse();
    presenter.deleted(id, "b");
    presenter.loaded(id, "b");
    assertThat(view.face.mood()).isEqualTo(Mood.WRONG);
    assertThat(view.face.message()).contains("no longer there");
  }

  @Test
  void everyExportComesBack() {
    open();
    trainedRun();
    presenter.saved("a");
    LibraryRow row = view.rows.get(0);
    float[] input = new float[784];
    Arrays.fill(input, 100, 300, 0.7f);
    float[] expected = new Predictor(model, ENGINE).predict(input);
    int formats = 0;
    for (ExportFormat format : ExportFormat.values()) {
      Path target = folder.resolve(format.name()).resolve(format.fileName("a / b"));
      assertThat(target.getFileName().toString()).isEqualTo("a-b" + format.ending());
      presenter.exported(row.id(), row.name(), format, target);
      assertThat(view.face.mood()).as(view.face.details()).isEqualTo(Mood.DONE);
      presenter.opened(List.of(target));
      float[] received = session.selected().orElseThrow().predictor().predict(input);
      for (int i = 0; i < expected.length; i++) {
        assertThat(received[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6f));
      }
      presenter.imported(List.of(target));
      formats++;
    }
    assertThat(formats).isEqualTo(AnyModelFile.Format.values().length);
    assertThat(view.rows).hasSize(1 + formats);
  }

  @Test
  void whatIsNoModelIsToldInWords() throws IOException {
    open();
    session.setData(new DataState.Ready(TinyDigits.split(200)));
    Path text = Files.writeString(folder.resolve("notes.txt"), "buy milk");
    presenter.opened(List.of(text, folder.resolve("gone.onnx")));
    assertThat(view.face.mood()).isEqualTo(Mood.WRONG);
    assertThat(view.face.message()).contains("gone.onnx");
    Path small = folder.resolve("small.safetensors");
    ModelFile.write(
        small,
        new SavedModel(
            Model.create(ModelSpec.inputs(5).output(3, Activation.SOFTMAX), 1),
            null,
            new Provenance("p", "t", "d", "k", 1)));
    presenter.opened(List.of(small));
    assertThat(view.face.message()).contains("takes 5 numbers");
    assertThat(session.runs()).isEmpty();
  }

  @Test
  void aDamagedEntryIsToldWithDetails() throws IOException {
    open();
    trainedRun();
    presenter.saved("good");
    presenter.saved("bad");
    Files.writeString(
        folder.resolve("lib/models").resolve(view.rows.get(0).id()).resolve("entry.json"), "{");
    presenter.seen();
    assertThat(view.rows).hasSize(1);
    assertThat(view.face.mood()).isEqualTo(Mood.WRONG);
    assertThat(view.face.message()).contains("One model");
    assertThat(view.face.details()).contains("entry.json");
  }

  private static final class View implements LibraryView {
    private List<LibraryRow> rows = List.of();
    private LibraryFace face;
    private String suggested = "";

    @Override
    public void showRows(List<LibraryRow> newRows) {
      rows = newRows;
    }

    @Override
    public void showFace(LibraryFace newFace) {
      face = newFace;
    }

    @Override
    public void suggestName(String name) {
      suggested = name;
    }
  }
}
