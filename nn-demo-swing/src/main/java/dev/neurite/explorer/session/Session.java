package dev.neurite.explorer.session;

import dev.neurite.nn.data.DataSplit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The current values of what the user has, and who wants to hear of them.
 *
 * <p>Belongs to the event thread. A listener is called after the change; it may ask for everything.
 */
public final class Session {
  /** Rows that MNIST has to learn from; assumed until the data is there. */
  public static final int USUAL_TRAIN_ROWS = 55_000;

  private final Map<RunId, Run> runs = new LinkedHashMap<>();
  private final List<SessionListener> listeners = new ArrayList<>();
  private @Nullable Experiment planned;
  private @Nullable RunId selected;
  private int lastNumber;
  private final Map<RunId, Checkpoint> offers = new LinkedHashMap<>();
  private final Snapshots snapshots = new Snapshots();
  private List<Float> digit = List.of();
  private boolean isInspected;
  private final Map<String, DataState> data = new HashMap<>();
  private String chosenData = DataKind.MNIST.name();
  private List<Experiment> queue = List.of();

  /** Adds somebody who hears of changes. */
  public void addListener(SessionListener listener) {
    listeners.add(listener);
  }

  /** The experiment that would be started now; empty while the plan is not valid. */
  public Optional<Experiment> planned() {
    return Optional.ofNullable(planned);
  }

  /** Plans an experiment, or none. */
  public void plan(@Nullable Experiment experiment) {
    planned = experiment;
    listeners.forEach(SessionListener::plannedChanged);
  }

  /** Whether the data that is chosen is there. */
  public DataState data() {
    return data(chosenData);
  }

  /** Whether the data of a name is there. */
  public DataState data(String name) {
    return data.getOrDefault(name, new DataState.Loading());
  }

  /** The data that is chosen, if it is there. */
  public Optional<DataSplit> split() {
    return split(chosenData);
  }

  /** The data of a name, if it is there. */
  public Optional<DataSplit> split(String name) {
    return data(name) instanceof DataState.Ready ready
        ? Optional.of(ready.split())
        : Optional.empty();
  }

  /** What the data that is chosen is called; expected from its name until it is there. */
  public DataKind dataKind() {
    return data() instanceof DataState.Ready ready ? ready.kind() : DataKind.named(chosenData);
  }

  /** What the data of the run is called whose model answers, or the data that is chosen. */
  public DataKind answeringData() {
    return answering().map(r -> r.experiment().data()).orElseGet(this::dataKind);
  }

  /** Rows to learn from: of the data, or {@link #USUAL_TRAIN_ROWS} until it is there. */
  public int trainRows() {
    return split().map(s -> s.train().size()).orElse(USUAL_TRAIN_ROWS);
  }

  /** The name of the data that new runs learn from. */
  public String chosenData() {
    return chosenData;
  }

  /** Chooses what new runs learn from. */
  public void chooseData(String name) {
    if (!name.equals(chosenData)) {
      chosenData = name;
      want(name);
      listeners.forEach(SessionListener::dataChanged);
    }
  }

  /** Asks for data; does nothing if it is there, on its way, or known not to be had. */
  public void want(String name) {
    if (!data.containsKey(name)) {
      listeners.forEach(l -> l.dataWanted(name));
    }
  }

  /** The data that is chosen came, went, or is on its way. */
  public void setData(DataState newData) {
    setData(chosenData, newData);
  }

  /** Data came, went, or is on its way. What stands in for it is known by its own name too. */
  public void setData(String name, DataState newData) {
    data.put(name, newData);
    if (newData instanceof DataState.Ready ready) {
      data.put(ready.kind().name(), ready);
    }
    listeners.forEach(SessionListener::dataChanged);
  }

  /** The experiments that wait for the runs before them to end, in their order. */
  public List<Experiment> queue() {
    return queue;
  }

  /** Lets these experiments wait. */
  public void setQueue(List<Experiment> waiting) {
    queue = List.copyOf(waiting);
    listeners.forEach(SessionListener::queueChanged);
  }

  /** All runs in the order of their starts. */
  public List<Run> runs() {
    return List.copyOf(runs.values());
  }

  /** A run as it is now. */
  public Optional<Run> run(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** The run that trains or waits. */
  public Optional<Run> active() {
    return runs.values().stream().filter(r -> r.state().isActive()).findFirst();
  }

  /** Adds a run and looks at it. */
  public Run begin(Experiment experiment) {
    Run run = beginBehind(experiment);
    select(run.id());
    return run;
  }

  /** Adds a run that prunes the network of another, and looks at it. */
  public Run begin(Experiment experiment, PruningOrder order) {
    Run run = beginBehind(experiment);
    update(run.withPruning(new PruningRecord(order)));
    select(run.id());
    return runs.getOrDefault(run.id(), run);
  }

  /** Adds a run that is over, for example one that was opened from a file, and looks at it. */
  public Run adopt(Function<RunId, Run> over) {
    Run run = over.apply(new RunId(lastNumber + 1));
    restore(run);
    return run;
  }

  /** Adds a run while another stays looked at. */
  public Run beginBehind(Experiment experiment) {
    lastNumber++;
    Run run = Run.begin(new RunId(lastNumber), experiment);
    runs.put(run.id(), run);
    listeners.forEach(l -> l.runChanged(run));
    return run;
  }

  /**
   * Takes a run away; the newest other one is looked at instead.
   *
   * @throws IllegalArgumentException if it is still active or not there
   */
  public void remove(RunId id) {
    Run run = runs.get(id);
    if (run == null || run.state().isActive()) {
      throw new IllegalArgumentException("run %d cannot be taken away".formatted(id.number()));
    }
    runs.remove(id);
    offers.remove(id);
    if (id.equals(selected)) {
      selected = runs.keySet().stream().max(Comparator.comparingInt(RunId::number)).orElse(null);
    }
    listeners.forEach(SessionListener::selectionChanged);
  }

  /** Brings back a run that was taken away, as it was. */
  public void restore(Run run) {
    runs.put(run.id(), run);
    lastNumber = Math.max(lastNumber, run.id().number());
    listeners.forEach(l -> l.runChanged(run));
    select(run.id());
  }

  /**
   * Replaces a run by what it has become.
   *
   * @throws IllegalArgumentException if there is no run of its id
   */
  public void update(Run run) {
    if (!runs.containsKey(run.id())) {
      throw new IllegalArgumentException("the session has no run " + run.id().number());
    }
    runs.put(run.id(), run);
    listeners.forEach(l -> l.runChanged(run));
  }

  /** The run that is looked at, if there is any. */
  public Optional<Run> selected() {
    return selected == null ? Optional.empty() : run(selected);
  }

  /**
   * Looks at a run.
   *
   * @throws IllegalArgumentException if there is no run of that id
   */
  public void select(RunId id) {
    if (!runs.containsKey(id)) {
      throw new IllegalArgumentException("the session has no run " + id.number());
    }
    if (!id.equals(selected)) {
      selected = id;
      listeners.forEach(SessionListener::selectionChanged);
    }
  }

  /** A run can go on from here if the program is killed. */
  public void checkpoint(RunId id, Checkpoint checkpoint) {
    listeners.forEach(l -> l.checkpointTaken(id, checkpoint));
  }

  /** Offers a run that was interrupted; it is in the session already. */
  public void offer(RunId id, Checkpoint checkpoint) {
    offers.put(id, checkpoint);
    listeners.forEach(SessionListener::offersChanged);
  }

  /** The runs that were interrupted and can go on. */
  public Map<RunId, Checkpoint> offers() {
    return Map.copyOf(offers);
  }

  /** The user has decided about a run that was offered. */
  public void settle(RunId id) {
    if (offers.remove(id) != null) {
      listeners.forEach(SessionListener::offersChanged);
      run(id).ifPresent(run -> listeners.forEach(l -> l.runChanged(run)));
    }
  }

  /** The models of the epochs of the runs. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** The 28×28 pixels of the digit that is looked at, 0 to 1; empty for none. */
  public List<Float> digit() {
    return digit;
  }

  /** Looks at a digit, or at none. */
  public void lookAt(List<Float> pixels) {
    if (!pixels.equals(digit)) {
      boolean wasWatched = isWatched();
      digit = List.copyOf(pixels);
      listeners.forEach(SessionListener::digitChanged);
      tellIfWatchedChanged(wasWatched);
    }
  }

  /** Somebody begins or ends to look inside the model that answers. */
  public void inspect(boolean newInspected) {
    boolean wasWatched = isWatched();
    isInspected = newInspected;
    tellIfWatchedChanged(wasWatched);
  }

  /** Whether somebody looks at what the model says, to a digit or inside. */
  public boolean isWatched() {
    return isInspected || !digit.isEmpty();
  }

  private void tellIfWatchedChanged(boolean before) {
    if (isWatched() != before) {
      listeners.forEach(SessionListener::watchedChanged);
    }
  }

  /** The run whose model answers: the one looked at, or the newest, if it has a model. */
  public Optional<Run> answering() {
    return selected()
        .filter(r -> r.predictor() != null)
        .or(
            () ->
                runs.values().stream()
                    .filter(r -> r.predictor() != null)
                    .max(Comparator.comparingInt(r -> r.id().number())));
  }
}
