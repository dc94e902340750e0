package dev.neurite.explorer.service;

import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningRecord;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.model.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the last session back and keeps the present one on disk while it changes. Used on the
 * event thread; reads and writes on that of the storage.
 *
 * <p>While a run trains, its newest checkpoint is kept; a checkpoint that waits to be written when
 * the next one comes is not written. What cannot be written is told once and tried again with the
 * next change.
 *
 * <p>The networks of old runs are put aside once they are on disk, so that memory does not grow
 * with the number of runs; they are read again when they are asked.
 */
public final class SessionKeeper implements AutoCloseable {
  /** Changes of the form within this time are written together. */
  private static final long FORM_MILLISECONDS = 400;

  /** So many of the newest runs keep their networks in memory, and the one that is looked at. */
  static final int NETWORKS_IN_MEMORY = 4;

  /** What of a run that is over goes to disk; equal if it need not be written again. */
  private record Written(
      Experiment experiment,
      @Nullable Predictor predictor,
      @Nullable PruningRecord pruning,
      String note) {
    static Written of(Run run) {
      return new Written(run.experiment(), run.predictor(), run.pruning(), run.note());
    }
  }

  private final Session session;
  private final Storage storage;
  private final EventThread eventThread;
  private final Path sessions;
  private final EngineSpec engine;
  private final Supplier<String> configuration;
  private final Consumer<String> problem;

  private final Map<RunId, Written> written = new HashMap<>();
  private final Set<Integer> onDisk = new LinkedHashSet<>();
  private final Map<RunId, Writing> newestCheckpoints = new ConcurrentHashMap<>();
  private boolean formIsDue;
  private boolean isKeeping;

  /** The folder; only the storage thread uses it. */
  private @Nullable SessionFolder folder;

  /**
   * A keeper that does nothing yet.
   *
   * @param sessions the folder of all sessions
   * @param engine what restored models are asked with
   * @param configuration gives the form in words
   * @param problem hears on the event thread what could not be read or written
   */
  public SessionKeeper(
      Session session,
      Storage storage,
      EventThread eventThread,
      Path sessions,
      EngineSpec engine,
      Supplier<String> configuration,
      Consumer<String> problem) {
    this.session = session;
    this.storage = storage;
    this.eventThread = eventThread;
    this.sessions = sessions;
    this.engine = engine;
    this.configuration = configuration;
    this.problem = problem;
  }

  /**
   * Brings the last session back, and keeps this one from then on.
   *
   * @param restored gets the form's words (empty for none) when the runs are back
   */
  public void begin(Consumer<String> restored) {
    storage.run(
        () -> {
          SessionFolder opened = SessionFolder.open(sessions, engine);
          folder = opened;
          return opened.read();
        },
        saved -> {
          restore(saved);
          restored.accept(saved.configuration());
          keep();
        },
        reason -> {
          problem.accept(reason);
          restored.accept("");
        });
  }

  private void restore(SavedSession saved) {
    for (SavedSession.SavedRun found : saved.runs()) {
      Run run = found.run();
      session.restore(run);
      onDisk.add(run.id().number());
      Checkpoint checkpoint = found.checkpoint();
      if (checkpoint == null) {
        written.put(run.id(), Written.of(run));
      } else {
        session.offer(run.id(), checkpoint);
      }
    }
    session.setQueue(saved.queue());
    RunId selected = new RunId(saved.selected());
    if (session.run(selected).isPresent()) {
      session.select(selected);
    }
    saved.problems().forEach(problem);
    putOldAside();
  }

  private void keep() {
    isKeeping = true;
    session.addListener(
        new SessionListener() {
          @Override
          public void plannedChanged() {
            writeFormSoon();
          }

          @Override
          public void selectionChanged() {
            writeFormSoon();
            deleteGone();
            putOldAside();
          }

          @Override
          public void queueChanged() {
            List<Experiment> queue = session.queue();
            if (isKeeping) { // a run that ends because the program does begins no other one
              write(f -> f.writeQueue(queue));
            }
          }

          @Override
          public void runChanged(Run run) {
            writeIfOver(run);
          }

          @Override
          public void checkpointTaken(RunId id, Checkpoint checkpoint) {
            session.run(id).ifPresent(run -> writeCheckpoint(run, checkpoint));
          }
        });
    writeForm();
  }

  private void writeFormSoon() {
    if (!formIsDue) {
      formIsDue = true;
      eventThread.executeLater(FORM_MILLISECONDS, this::writeForm);
    }
  }

  private void writeForm() {
    formIsDue = false;
    if (isKeeping) {
      String words = configuration.get();
      int selected = session.selected().map(r -> r.id().number()).orElse(0);
      write(f -> f.write(words, selected));
    }
  }

  private void writeIfOver(Run run) {
    Predictor predictor = run.predictor();
    if (!isKeeping
        || run.state().isActive()
        || predictor == null
        || session.offers().containsKey(run.id())
        || Written.of(run).equals(written.get(run.id()))) {
      return;
    }
    written.put(run.id(), Written.of(run));
    onDisk.add(run.id().number());
    newestCheckpoints.remove(run.id());
    write(f -> f.writeEnded(run, predictor));
    putOldAside();
  }

  /** Gives the memory of networks back that nobody has a use for now. */
  private void putOldAside() {
    int newest = session.runs().stream().mapToInt(r -> r.id().number()).max().orElse(0);
    RunId looked = session.selected().map(Run::id).orElse(null);
    RunId parent = session.active().map(Run::pruning).map(p -> p.order().parent()).orElse(null);
    for (Run run : session.runs()) {
      Predictor predictor = run.predictor();
      int number = run.id().number();
      if (predictor != null
          && predictor.isInMemory()
          && number <= newest - NETWORKS_IN_MEMORY
          && written.containsKey(run.id())
          && !run.id().equals(looked)
          && !run.id().equals(parent)) {
        write(
            f -> {
              if (f.holdsNetwork(number)) { // else writing it has failed
                predictor.putAside(() -> f.readNetwork(number));
              }
            });
      }
    }
  }

  private void writeCheckpoint(Run run, Checkpoint checkpoint) {
    if (!isKeeping) {
      return;
    }
    onDisk.add(run.id().number());
    newestCheckpoints.put(run.id(), f -> f.writeCheckpoint(run, checkpoint));
    write(
        f -> {
          Writing newest = newestCheckpoints.remove(run.id());
          if (newest != null) {
            newest.to(f);
          }
        });
  }

  private void deleteGone() {
    for (int number : Set.copyOf(onDisk)) {
      if (session.run(new RunId(number)).isEmpty()) {
        onDisk.remove(number);
        Written gone = written.remove(new RunId(number));
        Predictor predictor = gone == null ? null : gone.predictor();
        write(
            f -> {
              if (predictor != null) {
                predictor.takeBack(); // the user may want the run back
              }
              f.delete(number);
            });
      }
    }
  }

  /** Something to write. */
  @FunctionalInterface
  private interface Writing {
    void to(SessionFolder folder) throws IOException;
  }

  private void write(Writing writing) {
    storage.run(
        () -> {
          SessionFolder current = folder;
          if (current != null) {
            writing.to(current);
          }
          return writing;
        },
        done -> {},
        problem);
  }

  /** Writes the form for the last time and gives the session back; runs that train stay offered. */
  @Override
  public void close() {
    writeForm();
    isKeeping = false;
    Callable<Boolean> release =
        () -> {
          SessionFolder current = folder;
          folder = null;
          if (current != null) {
            current.close();
          }
          return true;
        };
    storage.run(release, done -> {}, problem);
  }
}
