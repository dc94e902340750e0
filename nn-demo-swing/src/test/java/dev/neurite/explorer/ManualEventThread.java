package dev.neurite.explorer;

import dev.neurite.explorer.service.EventThread;
import java.util.ArrayDeque;
import java.util.Deque;

/** An event thread that runs when the test says so. */
public final class ManualEventThread implements EventThread {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Deque<Runnable> laterTasks = new ArrayDeque<>();

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public synchronized void executeLater(long milliseconds, Runnable task) {
    laterTasks.add(task);
  }

  /** Number of tasks that wait, the later ones included. */
  public synchronized int waiting() {
    return tasks.size() + laterTasks.size();
  }

  /** Runs what waits, without the later ones. */
  public void run() {
    for (Runnable task = next(tasks); task != null; task = next(tasks)) {
      task.run();
    }
  }

  /** Runs what waits, with the later ones, until nothing waits. */
  public void runAll() {
    while (waiting() > 0) {
      run();
      Runnable later = next(laterTasks);
      if (later != null) {
        later.run();
      }
    }
  }

  private synchronized Runnable next(Deque<Runnable> from) {
    return from.poll();
  }
}
