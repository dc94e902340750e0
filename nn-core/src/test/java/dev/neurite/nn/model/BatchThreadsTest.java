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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchHelpersTest {
  private final BatchHelpers helpers = new BatchHelpers();

  @Test
  void everyPartIsDoneOnceBeforeTheCallReturns() {
    for (int round = 0; round < 2_000; round++) {
      int parts = round % 7;
      AtomicIntegerArray done = new AtomicIntegerArray(parts);
      AtomicInteger next = new AtomicInteger();
      helpers.run(
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
  void otherThreadsHelpButNoMoreThanAllowed() throws InterruptedException {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch helped = new CountDownLatch(2);
    helpers.run(
        () -> {
          seen.add(Thread.currentThread());
          helped.countDown();
          await(helped);
        },
        1);
    assertThat(helped.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).hasSize(2).contains(Thread.currentThread());

    Set<Thread> alone = ConcurrentHashMap.newKeySet();
    helpers.run(() -> alone.add(Thread.currentThread()), 0);
    assertThat(alone).containsExactly(Thread.currentThread());
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
                helpers.run(
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
                helpers.run(
                    () -> {
                      if (Thread.currentThread() != caller) {
                        failed.countDown();
                        throw new IllegalStateException("of a helper");
                      }
                      await(failed);
                    },
                    1))
        .hasMessage("of a helper");

    CountDownLatch both = new CountDownLatch(2);
    helpers.run(
        () -> {
          both.countDown();
          await(both);
        },
        1);
    assertThat(both.getCount()).isZero();
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
                    helpers.run(
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
