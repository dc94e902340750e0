package dev.neurite.explorer.service;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.LossTrace;
import dev.neurite.explorer.session.NetworkSize;
import dev.neurite.explorer.session.PruningRecord;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.RunState;
import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.io.CheckpointFile;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.SafeFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingResult;
import dev.neurite.nn.train.TrainingResult.Outcome;
import dev.neurite.nn.train.TrainingSnapshot;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One session on disk; for one thread at a time.
 *
 * <p>It is a folder with {@code session.json}, {@code queue.json} and a model for each experiment
 * that waits ({@code queue-X.safetensors}), and for each run {@code run-N.json} and the model
 * ({@code run-N-X.safetensors}) or, while the run is active, a checkpoint ({@code
 * run-N-X.checkpoint}). A run's own file names the other one and is replaced after that is complete
 * on disk, so that at any moment it leads to a whole model or checkpoint. A program holds the lock
 * on {@code lock} as long as it lives; the operating system takes it back from one that was killed.
 */
final class SessionFolder implements AutoCloseable {
  private static final String SESSION = "session.json";
  private static final String MODEL = ".safetensors";
  private static final String CHECKPOINT = ".checkpoint";
  private static final String QUEUE = "queue.json";

  /** Far more than the words of a run take; a larger file is not read into memory. */
  private static final long LARGEST_WORDS = 64 << 20;

  private static final int MOST_ATTEMPTS = 3;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** What stands in {@code session.json}. */
  private record Words(String configuration, int selected) {}

  /** An experiment that waits; the file {@code content} has its network and training. */
  private record Waiting(
      String name,
      String optimizerName,
      String scheduleName,
      String augmentation,
      DataKind data,
      String content,
      @Nullable String form) {}

  /** What stands in {@code run-N.json}. */
  private record RunWords(
      int number,
      String name,
      String optimizerName,
      String scheduleName,
      RunState state,
      int trainRows,
      int stepsPerEpoch,
      int epochs,
      List<EpochRecord> history,
      LossTrace trace,
      double seconds,
      String message,
      @Nullable PruningRecord pruning,
      String content,
      int epochsBefore,
      @Nullable String augmentation,
      @Nullable DataKind data,
      @Nullable String note,
      @Nullable String form) {
    /** How the images were changed; sessions of earlier versions say nothing of it. */
    Augmentation change() {
      return augmentation == null ? Augmentation.NONE : Augmentation.of(augmentation);
    }

    /** What it learned from; sessions of earlier versions say nothing of it. */
    DataKind learnedFrom() {
      return data == null ? DataKind.MNIST : data;
    }

    /** What the run does; sessions of earlier versions say nothing of the form. */
    Experiment experiment(ModelSpec model, TrainingSpec training) {
      return new Experiment(
          name,
          model,
          training,
          optimizerName,
          scheduleName,
          change(),
          learnedFrom(),
          form == null ? "" : form);
    }
  }

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;
  private final EngineSpec engine;

  private SessionFolder(Path folder, FileChannel channel, FileLock lock, EngineSpec engine) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
    this.engine = engine;
  }

  /**
   * Takes the newest session that no running program has, or makes one.
   *
   * @param sessions the folder of all sessions
   * @param engine what restored models are asked with
   */
  static SessionFolder open(Path sessions, EngineSpec engine) throws IOException {
    Files.createDirectories(sessions);
    for (Path folder : newestFirst(sessions)) {
      SessionFolder session = tryOpen(folder, engine);
      if (session != null) {
        return session;
      }
    }
    Path folder = sessions.resolve(UUID.randomUUID().toString());
    Files.createDirectories(folder);
    SessionFolder session = tryOpen(folder, engine);
    if (session == null) {
      throw new IOException("the session in %s cannot be locked".formatted(folder));
    }
    return session;
  }

  private static List<Path> newestFirst(Path sessions) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(sessions)) {
      for (Path folder : all) {
        if (Files.isRegularFile(folder.resolve(SESSION))) {
          folders.add(folder);
        }
      }
    }
    folders.sort(Comparator.comparing(SessionFolder::changed).reversed());
    return folders;
  }

  private static FileTime changed(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve(SESSION));
    } catch (IOException e) { // it is being written: as old as can be
      return FileTime.fromMillis(0);
    }
  }

  private static @Nullable SessionFolder tryOpen(Path folder, EngineSpec engine)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) { // another window of this program has it
      channel.close();
      return null;
    }
    if (lock == null) {
      channel.close();
      return null;
    }
    return new SessionFolder(folder, channel, lock, engine);
  }

  /** Reads the session; runs that cannot be read are left out and told. */
  SavedSession read() throws IOException {
    deleteUnfinished();
    List<SavedSession.SavedRun> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "run-*.json")) {
      for (Path file : all) {
        try {
          runs.add(readRun(readWords(file)));
        } catch (IOException | RuntimeException e) {
          problems.add("%s: %s".formatted(file.getFileName(), e.getMessage()));
        }
      }
    }
    runs.sort(Comparator.comparingInt(r -> r.run().id().number()));
    @Nullable Words words = null;
    if (Files.exists(folder.resolve(SESSION))) {
      try {
        words = readJson(folder.resolve(SESSION), Words.class);
      } catch (IOException e) {
        problems.add("%s: %s".formatted(SESSION, e.getMessage()));
      }
    }
    @Nullable String configuration = words == null ? null : words.configuration();
    return new SavedSession(
        configuration == null ? "" : configuration,
        words == null ? 0 : words.selected(),
        runs,
        readQueue(problems),
        problems);
  }

  private static <T> T readJson(Path file, Class<T> type) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST_WORDS) {
      throw new IOException(
          "%,d bytes, a session has at most %,d there".formatted(size, LARGEST_WORDS));
    }
    @Nullable T value = JSON.readValue(file.toFile(), type);
    if (value == null) {
      throw new IOException("null where an object should be");
    }
    return value;
  }

  /** Reads what stands in {@code run-N.json}, which must be of run N and name a file of its own. */
  private static RunWords readWords(Path file) throws IOException {
    RunWords words = readJson(file, RunWords.class);
    String name = file.getFileName().toString();
    if (!name.equals(wordsName(words.number()))) {
      throw new IOException("says that it is run %d".formatted(words.number()));
    }
    requireOwnFile(words.content(), "run-%d".formatted(words.number()));
    return words;
  }

  /** Refuses a name that leads out of the folder or to the file of another owner. */
  private static void requireOwnFile(@Nullable String name, String owner) throws IOException {
    if (name == null || !name.matches(owner + "-[0-9a-zA-Z-]+\\.[a-z]+")) {
      throw new IOException("names '%s' as its model, not a file of %s".formatted(name, owner));
    }
  }

  /** Deletes what a program was writing when it was killed; it is not running, we have its lock. */
  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
  }

  private SavedSession.SavedRun readRun(RunWords words) throws IOException {
    Path content = folder.resolve(words.content());
    if (words.content().endsWith(CHECKPOINT)) {
      TrainingSnapshot snapshot = CheckpointFile.read(content);
      Checkpoint checkpoint = new Checkpoint(snapshot, words.epochsBefore());
      List<EpochRecord> done =
          words.history().subList(0, Math.min(words.history().size(), checkpoint.epochsDone()));
      Experiment experiment =
          words.experiment(snapshot.model().spec(), snapshot.spec().withEpochs(words.epochs()));
      LossTrace trace = words.trace().until(checkpoint.epochsDone());
      Run run = run(words, experiment, RunState.CANCELLED, done, trace, snapshot.model());
      return new SavedSession.SavedRun(run, checkpoint);
    }
    SavedModel saved = ModelFile.read(content);
    TrainingRecord training = saved.training();
    if (training == null) {
      throw new IOException(content.getFileName() + " does not say how it was trained");
    }
    Experiment experiment = words.experiment(saved.model().spec(), training.spec());
    Run run = run(words, experiment, words.state(), words.history(), words.trace(), saved.model());
    return new SavedSession.SavedRun(run, null);
  }

  private Run run(
      RunWords words,
      Experiment experiment,
      RunState state,
      List<EpochRecord> history,
      LossTrace trace,
      Model model) {
    return new Run(
        new RunId(words.number()),
        experiment,
        state,
        words.trainRows(),
        words.stepsPerEpoch(),
        history,
        trace,
        null,
        new Predictor(model, engine),
        words.seconds(),
        words.message(),
        words.pruning(),
        words.note() == null ? "" : words.note(), // earlier versions kept none
        NetworkSize.of(model));
  }

  /** Writes what is not a run. */
  void write(String configuration, int selected) throws IOException {
    SafeFile.writeText(
        folder.resolve(SESSION), JSON.writeValueAsString(new Words(configuration, selected)));
  }

  /** Writes the experiments that wait; each as the model it begins with. */
  void writeQueue(List<Experiment> queue) throws IOException {
    List<Waiting> waiting = new ArrayList<>();
    Set<String> kept = new HashSet<>();
    for (Experiment experiment : queue) {
      String content = "queue-%s%s".formatted(UUID.randomUUID(), MODEL);
      TrainingResult nothingYet = new TrainingResult(Outcome.CANCELLED, "", List.of(), 0, 0);
      ModelFile.write(
          folder.resolve(content),
          new SavedModel(
              Model.create(experiment.model(), experiment.training().seed()),
              new TrainingRecord(experiment.training(), nothingYet),
              ModelOfRun.provenance(experiment, null, engine)));
      kept.add(content);
      waiting.add(
          new Waiting(
              experiment.name(),
              experiment.optimizerName(),
              experiment.scheduleName(),
              experiment.augmentation().toString(),
              experiment.data(),
              content,
              experiment.form()));
    }
    SafeFile.writeText(folder.resolve(QUEUE), JSON.writeValueAsString(waiting));
    deleteContents("queue-*", kept);
  }

  /** Reads the experiments that waited; those that cannot be read are left out and told. */
  private List<Experiment> readQueue(List<String> problems) {
    List<Experiment> queue = new ArrayList<>();
    Waiting[] all = {};
    try {
      if (Files.exists(folder.resolve(QUEUE))) {
        all = readJson(folder.resolve(QUEUE), Waiting[].class);
      }
    } catch (IOException e) {
      problems.add("%s: %s".formatted(QUEUE, e.getMessage()));
    }
    for (Waiting waiting : all) {
      try {
        queue.add(experiment(waiting));
      } catch (IOException | RuntimeException e) {
        problems.add("%s: %s".formatted(QUEUE, e.getMessage()));
      }
    }
    return queue;
  }

  private Experiment experiment(@Nullable Waiting waiting) throws IOException {
    if (waiting == null) {
      throw new IOException("null where an experiment should be");
    }
    requireOwnFile(waiting.content(), "queue");
    SavedModel saved = ModelFile.read(folder.resolve(waiting.content()));
    TrainingRecord training = saved.training();
    if (training == null) {
      throw new IOException(waiting.content() + " does not say how it is trained");
    }
    return new Experiment(
        waiting.name(),
        saved.model().spec(),
        training.spec(),
        waiting.optimizerName(),
        waiting.scheduleName(),
        Augmentation.of(waiting.augmentation()),
        waiting.data(),
        waiting.form() == null ? "" : waiting.form());
  }

  /** Writes a run that is over. */
  void writeEnded(Run run, Predictor predictor) throws IOException {
    String content = "run-%d-%s%s".formatted(run.id().number(), UUID.randomUUID(), MODEL);
    ModelFile.write(folder.resolve(content), ModelOfRun.of(run, predictor.model(), engine));
    writeWords(run, content, 0);
  }

  /** Writes from where a run can go on. */
  void writeCheckpoint(Run run, Checkpoint checkpoint) throws IOException {
    String content = "run-%d-%s%s".formatted(run.id().number(), UUID.randomUUID(), CHECKPOINT);
    CheckpointFile.write(
        folder.resolve(content),
        checkpoint.snapshot(),
        ModelOfRun.provenance(run.experiment(), run.pruning(), engine));
    writeWords(run, content, checkpoint.epochsBefore());
  }

  private void writeWords(Run run, String content, int epochsBefore) throws IOException {
    RunWords words =
        new RunWords(
            run.id().number(),
            run.experiment().name(),
            run.experiment().optimizerName(),
            run.experiment().scheduleName(),
            run.state(),
            run.trainRows(),
            run.stepsPerEpoch(),
            run.experiment().training().epochs(),
            run.history(),
            run.trace(),
            run.seconds(),
            run.message(),
            run.pruning(),
            content,
            epochsBefore,
            run.experiment().augmentation().toString(),
            run.experiment().data(),
            run.note(),
            run.experiment().form());
    SafeFile.writeText(words(run.id().number()), JSON.writeValueAsString(words));
    deleteContents("run-%d-*".formatted(run.id().number()), Set.of(content));
  }

  private Path words(int number) {
    return folder.resolve(wordsName(number));
  }

  private static String wordsName(int number) {
    return "run-%d.json".formatted(number);
  }

  /** Whether the network of a run that is over is on disk. */
  boolean holdsNetwork(int number) {
    try {
      String content = readWords(words(number)).content();
      return content.endsWith(MODEL) && Files.exists(folder.resolve(content));
    } catch (IOException e) { // what cannot be read is not there
      return false;
    }
  }

  /** Reads the network of a run that is over; for any thread, also while another one writes. */
  Model readNetwork(int number) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String content = readWords(words(number)).content();
      try {
        return ModelFile.read(folder.resolve(content)).model();
      } catch (NoSuchFileException e) { // it was written anew meanwhile, under another name
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Deletes a run. */
  void delete(int number) throws IOException {
    Files.deleteIfExists(words(number)); // first, so that it never names what is not there
    deleteContents("run-%d-*".formatted(number), Set.of());
  }

  private void deleteContents(String pattern, Set<String> kept) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, pattern)) {
      for (Path file : all) {
        if (!kept.contains(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Gives the session back. */
  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
