package dev.neurite.explorer.service;

import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.DataState;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunId;
import dev.neurite.explorer.session.Session;
import dev.neurite.explorer.session.SessionListener;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.KernelChoice;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.prune.PruningScope;
import java.nio.file.Path;
import java.util.Map;

/** The app without its window, in a process that a test kills: it trains for ever. */
final class KilledSession {
  static final EngineSpec ENGINE = new EngineSpec(KernelChoice.PLAIN, 1);
  static final int ROWS = 2000;

  private KilledSession() {}

  static DataSplit data() {
    return TinyDigits.split(ROWS);
  }

  /** One run that never ends. */
  static Experiment longRun() {
    return TinyDigits.experiment(100_000);
  }

  /** Runs that end soon. */
  static Experiment shortRun() {
    return TinyDigits.experiment(2);
  }

  static PruningOrder order(RunId parent) {
    return new PruningOrder(
        parent,
        "parent",
        PruningOrder.Method.ITERATIVE,
        PruningScope.GLOBAL,
        PruningOrder.Grain.BLOCKS,
        0.9,
        2,
        1);
  }

  /** Arguments: the folder of the sessions, and {@code long} or {@code short}. */
  public static void main(String[] args) throws InterruptedException {
    ManualEventThread eventThread = new ManualEventThread();
    Session session = new Session();
    StorageService storage = new StorageService(eventThread);
    TrainingService training = new TrainingService(ENGINE, eventThread);
    SessionKeeper keeper =
        new SessionKeeper(
            session,
            storage,
            eventThread,
            Path.of(args[0]),
            ENGINE,
            () -> "form",
            reason -> {
              System.out.println("problem " + reason);
              System.exit(1);
            });
    boolean[] ready = new boolean[1];
    keeper.begin(words -> ready[0] = true);
    while (!ready[0]) {
      eventThread.runAll();
      Thread.sleep(1);
    }
    session.setData(new DataState.Ready(data()));
    session.addListener(
        new SessionListener() {
          @Override
          public void checkpointTaken(RunId id, Checkpoint checkpoint) {
            storage.run(
                () -> "written " + id.number() + " " + checkpoint.epochsDone(),
                System.out::println,
                System.out::println);
          }
        });
    while (true) {
      if (session.active().isEmpty()) {
        next(session, training, args[1].equals("long"));
      }
      eventThread.runAll();
      Thread.sleep(1);
    }
  }

  private static void next(Session session, TrainingService training, boolean isLong) {
    for (Map.Entry<RunId, Checkpoint> offer : session.offers().entrySet()) {
      Run run = session.run(offer.getKey()).orElseThrow().resumed(offer.getValue());
      session.update(run);
      session.settle(run.id());
      training.goOn(
          run.experiment(),
          offer.getValue(),
          run.pruning() == null ? null : run.pruning().order(),
          run.history(),
          data(),
          new RunRecorder(session, run.id(), run.trace()));
      return;
    }
    if (!isLong && session.runs().size() % 2 == 1) {
      Run parent = session.runs().get(session.runs().size() - 1);
      PruningOrder order = order(parent.id());
      Experiment experiment =
          new Experiment(
              "Pruned",
              parent.experiment().model(),
              order.training(parent.experiment().model(), ROWS),
              "",
              "");
      Run run = session.begin(experiment, order);
      training.prune(order, parent.predictor(), data(), new RunRecorder(session, run.id()));
      return;
    }
    Experiment experiment = isLong ? longRun() : shortRun();
    Run run = session.begin(experiment);
    training.start(experiment, data(), Training.Beginning.RUN, new RunRecorder(session, run.id()));
  }
}
