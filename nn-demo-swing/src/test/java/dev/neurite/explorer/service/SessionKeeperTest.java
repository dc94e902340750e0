package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.Events;
import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.NowStorage;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.TrainingResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionKeeperTest {
  @TempDir Path sessions;
  private final List<String> problems = new ArrayList<>();
  private final ManualEventThread eventThread = new ManualEventThread();
  private String form = "first";

  private SessionKeeper open(Session session) {
    SessionKeeper keeper =
        new SessionKeeper(
            session,
            new NowStorage(),
            eventThread,
            sessions,
            KilledSession.ENGINE,
            () -> form,
            problems::add);
    keeper.begin(words -> form = words.isEmpty() ? form : words);
    return keeper;
  }

  private static Run over(Session session) {
    Run run = session.begin(TinyDigits.experiment(2)).after(Events.started());
    run = run.withPredictor(new Predictor(Model.create(run.experiment().model(), 3)));
    run = run.after(Events.ended(Outcome.STOPPED_EARLY, List.of(Events.epoch(1))));
    session.update(run);
    return run;
  }

  private List<String> files() throws IOException {
    return filesOf("run-");
  }

  private List<String> filesOf(String start) throws IOException {
    try (Stream<Path> all = Files.walk(sessions)) {
      return all.map(p -> p.getFileName().toString()).filter(n -> n.startsWith(start)).toList();
    }
  }

  /** What the files of models say of the data. */
  private List<String> dataOfModels() throws IOException {
    List<String> data = new ArrayList<>();
    try (Stream<Path> all = Files.walk(sessions)) {
      for (Path file :
          all.filter(p -> p.toString().contains("run-"))
              .filter(p -> p.toString().endsWith(".safetensors"))
              .toList()) {
        data.add(ModelFile.read(file).provenance().data());
      }
    }
    return data;
  }

  @Test
  void runsAreBackAsTheyWere() throws IOException {
    Session session = new Session();
    SessionKeeper keeper = open(session);
    Run first = over(session);
    over(session);
    Experiment e = first.experiment();
    session.update(
        first.withExperiment(
            new Experiment(
                "Renamed",
                e.model(),
                e.training(),
                "Adam",
                "Constant",
                Augmentation.AFFINE,
                TinyDigits.clothes(),
                "the form for it")));
    session.update(session.run(first.id()).orElseThrow().withNote("keep, for the table"));
    List<Experiment> queue = List.of(TinyDigits.withClothes(7), TinyDigits.experiment(3));
    session.setQueue(List.of(TinyDigits.experiment(9)));
    session.setQueue(queue);
    session.select(first.id());
    form = "second";
    keeper.close();
    form = "";
    Session again = new Session();
    open(again);
    assertThat(form).isEqualTo("second");
    assertThat(problems).isEmpty();
    assertThat(again.runs()).extracting(Run::name).containsExactly("1 Renamed", "2 Tiny");
    assertThat(again.selected().orElseThrow().id()).isEqualTo(first.id());
    assertThat(again.runs().get(0).experiment().augmentation()).isEqualTo(Augmentation.AFFINE);
    assertThat(again.runs().get(0).experiment().data()).isEqualTo(TinyDigits.clothes());
    assertThat(again.runs())
        .extracting(r -> r.experiment().form())
        .containsExactly("the form for it", "");
    assertThat(dataOfModels())
        .containsExactlyInAnyOrder("mnist", "fashion augmented by " + Augmentation.AFFINE);
    Run back = again.runs().get(1);
    Run was = session.runs().get(1);
    assertThat(back.state()).isEqualTo(was.state());
    assertThat(back.history()).isEqualTo(was.history());
    assertThat(back.experiment()).isEqualTo(was.experiment());
    assertThat(back.seconds()).isEqualTo(was.seconds());
    assertThat(back.message()).isEqualTo("because");
    assertThat(files()).hasSize(4); // words and a model for each
    assertThat(again.runs()).extracting(Run::note).containsExactly("keep, for the table", "");
    assertThat(again.queue()).isEqualTo(queue);
    again.setQueue(List.of());
    assertThat(filesOf("queue")).containsExactly("queue.json");
  }

  @Test
  void whatIsTakenAwayGoesAndComesBackWhenItIsRestored() throws IOException {
    Session session = new Session();
    open(session);
    over(session);
    Run second = over(session);
    session.remove(second.id());
    assertThat(files()).hasSize(2);
    session.restore(second);
    assertThat(files()).hasSize(4);
  }

  @Test
  void networksOfOldRunsRestOnDiskAndAnswerAsBefore() throws IOException {
    Session session = new Session();
    SessionKeeper keeper = open(session);
    Run first = over(session);
    float[] digit = new float[784];
    digit[5] = 1;
    float[] answer = first.predictor().predict(digit);
    for (int i = 1; i < 7; i++) {
      over(session);
    }
    int inMemory = SessionKeeper.NETWORKS_IN_MEMORY;
    assertThat(session.runs().stream().filter(r -> r.predictor().isInMemory()).count())
        .isEqualTo(inMemory);
    assertThat(first.predictor().isInMemory()).isFalse();
    assertThat(first.predictor().predict(digit)).containsExactly(answer);
    session.select(first.id());
    session.update(session.run(first.id()).orElseThrow().withNote("still usable"));
    assertThat(first.predictor().isInMemory()).isTrue(); // it is looked at
    session.select(new RunId(7));
    assertThat(first.predictor().isInMemory()).isFalse();

    session.remove(first.id());
    assertThat(first.predictor().isInMemory()).isTrue(); // its file is gone
    session.restore(first);
    session.select(new RunId(7));
    assertThat(first.predictor().isInMemory()).isFalse();
    assertThat(first.predictor().predict(digit)).containsExactly(answer);
    keeper.close();

    Session again = new Session();
    open(again);
    assertThat(again.runs()).hasSize(7);
    assertThat(again.runs().stream().filter(r -> r.predictor().isInMemory()).count())
        .isEqualTo(inMemory);
    assertThat(again.runs().get(0).predictor().predict(digit)).containsExactly(answer);
    assertThat(problems).isEmpty();
  }

  @Test
  void aNetworkThatCouldNotBeWrittenStaysInMemory() throws IOException {
    Session session = new Session();
    open(session);
    Run first = over(session);
    for (int i = 1; i < 4; i++) {
      over(session);
    }
    try (Stream<Path> all = Files.walk(sessions)) {
      for (Path file :
          all.filter(p -> p.getFileName().toString().matches("run-1-.*safetensors")).toList()) {
        Files.delete(file);
      }
    }
    over(session);
    over(session);
    assertThat(first.predictor().isInMemory()).isTrue();
  }

  @Test
  void aDamagedRunIsToldAndTheOthersAreBack() throws IOException {
    Session session = new Session();
    SessionKeeper keeper = open(session);
    over(session);
    over(session);
    keeper.close();
    try (Stream<Path> all = Files.walk(sessions)) {
      Path words = all.filter(p -> p.endsWith("run-1.json")).findFirst().orElseThrow();
      Files.writeString(words, "{\"number\":1");
    }
    Session again = new Session();
    open(again);
    assertThat(again.runs()).extracting(Run::id).containsExactly(new RunId(2));
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).contains("run-1.json");
    assertThat(again.begin(TinyDigits.experiment(1)).id()).isEqualTo(new RunId(3));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsToldAndTheAppGoesOn() throws IOException {
    Path file = Files.writeString(sessions.resolve("file"), "x");
    Session session = new Session();
    boolean[] began = new boolean[1];
    SessionKeeper keeper =
        new SessionKeeper(
            session,
            new NowStorage(),
            eventThread,
            file,
            KilledSession.ENGINE,
            () -> form,
            problems::add);
    keeper.begin(words -> began[0] = words.isEmpty());
    over(session);
    assertThat(began[0]).isTrue();
    assertThat(problems).hasSize(1);
    keeper.close();
  }
}
