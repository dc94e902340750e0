package dev.neurite.explorer;

import dev.neurite.explorer.service.RunProgress;
import dev.neurite.explorer.service.Training;
import dev.neurite.explorer.session.Checkpoint;
import dev.neurite.explorer.session.Experiment;
import dev.neurite.explorer.session.PruningOrder;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.train.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers what it was told to do, and does nothing. */
public final class RecordedTraining implements Training {
  /** Commands in their order. */
  public final List<String> calls = new ArrayList<>();

  /** The newest order to prune. */
  public PruningOrder order;

  /** What the newest run learns from. */
  public DataSplit data;

  /** Who hears of the newest run. */
  public Consumer<RunProgress> receiver;

  @Override
  public void start(
      Experiment experiment, DataSplit newData, Beginning beginning, Consumer<RunProgress> hears) {
    calls.add("start " + beginning);
    data = newData;
    receiver = hears;
  }

  @Override
  public void prune(
      PruningOrder newOrder, Predictor parent, DataSplit data, Consumer<RunProgress> hears) {
    calls.add("prune");
    order = newOrder;
    receiver = hears;
  }

  @Override
  public void goOn(
      Experiment experiment,
      Checkpoint checkpoint,
      PruningOrder newOrder,
      List<EpochRecord> history,
      DataSplit data,
      Consumer<RunProgress> hears) {
    calls.add("go on from " + checkpoint.epochsDone() + " with " + history.size());
    order = newOrder;
    receiver = hears;
  }

  @Override
  public void pause() {
    calls.add("pause");
  }

  @Override
  public void resume() {
    calls.add("resume");
  }

  @Override
  public void step() {
    calls.add("step");
  }

  @Override
  public void watch(boolean watched) {
    calls.add(watched ? "watch" : "look away");
  }

  @Override
  public void stop() {
    calls.add("stop");
  }
}
