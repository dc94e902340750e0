package dev.neurite.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchThreadsTest {
  private final BatchThreads threads = new BatchThreads();

  @Test
  void everyPartIsDoneOnceBeforeTheCallReturns() {
    for (int round = 0; round < 2_000; round++) {
      int parts = round % 7;
      AtomicIntegerArray done = new AtomicIntegerArray(parts);
      AtomicInteger next = new AtomicInteger();
      threads.run(
          () -> {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
              done.incrementAndGet(i);
            }
          },
          round % 4);
      for (int i = 0; i < parts; i++) {
        assertThat(done.get(i)).as("part %d in round %d", i, round).isEqualTo(1);
      }
    }
  }

  @Test
  void otherThreadsHelp() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(2);
    threads.run(
        () -> {
          seen.add(Thread.currentThread());
          both.countDown();
          await(both);
        },
        1);
    assertThat(seen).hasSize(2).contains(Thread.currentThread());
  }

  @Test
  void threadsThatStayedHelpAgainWithoutBeingCalled() {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      AtomicInteger calls = new AtomicInteger();
      BatchThreads staying =
          new BatchThreads(
              task -> {
                calls.incrementAndGet();
                pool.execute(task);
              },
              TimeUnit.HOURS.toNanos(1),
              TimeUnit.HOURS.toNanos(1));
      for (int round = 0; round < 5; round++) {
        runOnTwo(staying);
      }
      assertThat(calls.get()).as("calls for five pieces of work").isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aThreadGoesBackToItsPoolAfterItsTime() {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      AtomicInteger calls = new AtomicInteger();
      CountDownLatch back = new CountDownLatch(1);
      BatchThreads leaving =
          new BatchThreads(
              task -> {
                calls.incrementAndGet();
                pool.execute(
                    () -> {
                      task.run();
                      back.countDown();
                    });
              },
              TimeUnit.HOURS.toNanos(1),
              0);
      runOnTwo(leaving);
      await(back); // would take an hour if it stayed
      leaving.run(() -> {}, 1);
      assertThat(calls.get()).as("calls for two pieces of work").isEqualTo(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aSecondCallerIsHelpedWhileTheHelperOfTheFirstIsBusy() {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      BatchThreads busy = new BatchThreads(pool, 0, 0);
      CountDownLatch inside = new CountDownLatch(2);
      CountDownLatch end = new CountDownLatch(1);
      pool.execute(
          () ->
              busy.run(
                  () -> {
                    inside.countDown();
                    await(end);
                  },
                  1));
      await(inside); // the first caller and its helper
      runOnTwo(busy);
      end.countDown();
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * A thread that has looked in vain and is about to go counts for a caller that is just coming.
   */
  @Test
  void callersAreHelpedHoweverSoonThreadsGo() {
    BatchThreads leaving =
        new BatchThreads(ForkJoinPool.commonPool(), 0, TimeUnit.HOURS.toNanos(1));
    for (int round = 0; round < 20_000; round++) {
      runOnTwo(leaving);
    }
  }

  @Test
  void noMoreThreadsHelpThanAllowed() {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      BatchThreads staying =
          new BatchThreads(pool, TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(10));
      CountDownLatch four = new CountDownLatch(4);
      staying.run(
          () -> {
            four.countDown();
            await(four);
          },
          3);
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      staying.run(
          () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            sleepMilliseconds(20);
            inside.decrementAndGet();
          },
          1);
      assertThat(most.get()).as("threads at work that allows one other").isLessThanOrEqualTo(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void workThatAllowsNobodyIsDoneAlone() {
    AtomicInteger calls = new AtomicInteger();
    BatchThreads none = new BatchThreads(task -> calls.incrementAndGet(), 0, 0);
    for (int others = 0; others >= -1; others--) {
      Set<Thread> alone = ConcurrentHashMap.newKeySet();
      none.run(() -> alone.add(Thread.currentThread()), others);
      assertThat(alone).containsExactly(Thread.currentThread());
    }
    assertThat(calls.get()).isZero();
  }

  /**
   * Neither a pool that never gets to it nor one that refuses stops the caller or keeps its data.
   */
  @Test
  void aPoolWithoutTimeIsAskedOnceAndKeepsNothing() {
    List<Runnable> tasks = new ArrayList<>();
    BatchThreads busy = new BatchThreads(tasks::add, 0, 0);
    AtomicInteger runs = new AtomicInteger();
    for (int round = 0; round < 100; round++) {
      busy.run(runs::incrementAndGet, 2);
    }
    assertThat(runs.get()).isEqualTo(100);
    assertThat(tasks).hasSize(2);
    tasks.forEach(Runnable::run); // too late: there is nothing to do
    assertThat(runs.get()).isEqualTo(100);

    BatchThreads refused =
        new BatchThreads(
            task -> {
              throw new RejectedExecutionException("full");
            },
            0,
            0);
    refused.run(runs::incrementAndGet, 2);
    assertThat(runs.get()).isEqualTo(101);
  }

  /** Ends only if another thread helps. */
  private static void runOnTwo(BatchThreads threads) {
    CountDownLatch both = new CountDownLatch(2);
    threads.run(
        () -> {
          both.countDown();
          await(both);
        },
        1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureOfTheCallerComesThroughAfterTheOthersAreOut() {
    CountDownLatch inside = new CountDownLatch(1);
    AtomicInteger out = new AtomicInteger();
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                threads.run(
                    () -> {
                      if (Thread.currentThread() == caller) {
                        await(inside);
                        throw new IllegalStateException("of the caller");
                      }
                      inside.countDown();
                      sleepMilliseconds(20);
                      out.incrementAndGet();
                    },
                    1))
        .hasMessage("of the caller");
    assertThat(out.get()).isEqualTo(1);
  }

  private static void sleepMilliseconds(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureOfAHelperComesThroughAndTheNextWorkIsHelpedWith() {
    Thread caller = Thread.currentThread();
    CountDownLatch failed = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                threads.run(
                    () -> {
                      if (Thread.currentThread() != caller) {
                        failed.countDown();
                        throw new IllegalStateException("of a helper");
                      }
                      await(failed);
                    },
                    1))
        .hasMessage("of a helper");

    runOnTwo(threads);
  }

  @Test
  void manyCallersShareTheHelpers() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> sums = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        sums.add(
            callers.submit(
                () -> {
                  int sum = 0;
                  for (int round = 0; round < 500; round++) {
                    AtomicInteger next = new AtomicInteger();
                    AtomicInteger done = new AtomicInteger();
                    threads.run(
                        () -> {
                          while (next.getAndIncrement() < 10) {
                            done.incrementAndGet();
                          }
                        },
                        2);
                    sum += done.get();
                  }
                  return sum;
                }));
      }
      for (Future<Integer> sum : sums) {
        assertThat(sum.get()).isEqualTo(5_000);
      }
    } finally {
      callers.shutdown();
    }
  }
}
