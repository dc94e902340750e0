package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Supplier<Kernels> PLAIN = KernelChooser.choose("plain");

  private final Set<Thread> before = workerThreads();

  private static Set<Thread> workerThreads() {
    Set<Thread> threads = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("neurite-worker-")) {
        threads.add(thread);
      }
    }
    return threads;
  }

  private Set<Thread> started() {
    Set<Thread> threads = workerThreads();
    threads.removeAll(before);
    return threads;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void coversEveryOutputExactlyOnce(int threads) {
    int runs = 0;
    try (Workers workers = new Workers(threads, PLAIN)) {
      int[] sizes = {
        0, 1, 2, 3, 4, 5, 7, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 383, 384, 385,
        511, 512, 513, 1000, 1023, 4097, 99_999
      };
      for (int size : sizes) {
        for (int smallestPart : new int[] {0, 1, 2, 32, 100, 1_000_000}) {
          AtomicIntegerArray counts = new AtomicIntegerArray(size);
          AtomicInteger parts = new AtomicInteger();
          workers.run(
              (kernels, from, to) -> {
                assertThat(from).isLessThan(to);
                parts.incrementAndGet();
                for (int i = from; i < to; i++) {
                  counts.incrementAndGet(i);
                }
              },
              size,
              smallestPart);
          for (int i = 0; i < size; i++) {
            if (counts.get(i) != 1) {
              assertThat(counts.get(i)).as("size %d, place %d", size, i).isEqualTo(1);
            }
          }
          assertThat(parts.get()).isLessThanOrEqualTo(threads);
          if (smallestPart > 0) {
            assertThat(parts.get()).isLessThanOrEqualTo(Math.max(1, size / smallestPart));
          }
          runs++;
        }
      }
    }
    assertThat(runs).isEqualTo(29 * 6);
  }

  @Test
  void largeWorkIsSharedByAllThreads() {
    try (Workers workers = new Workers(3, PLAIN)) {
      Set<String> names = Collections.synchronizedSet(new HashSet<>());
      Set<Kernels> kernels = Collections.synchronizedSet(new HashSet<>());
      CountDownLatch begun = new CountDownLatch(3);
      workers.run(
          (own, from, to) -> {
            awaitAll(begun);
            names.add(Thread.currentThread().getName());
            kernels.add(own);
          },
          3000,
          1000);
      assertThat(names)
          .containsExactlyInAnyOrder(
              Thread.currentThread().getName(), "neurite-worker-1", "neurite-worker-2");
      assertThat(kernels).hasSize(3).contains(workers.kernels());
    }
  }

  /** Ends when as many threads are in it as the latch counts. */
  private static void awaitAll(CountDownLatch begun) {
    begun.countDown();
    try {
      assertThat(begun.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPartThatNoHelperHasBegunIsDoneByTheCaller() throws InterruptedException {
    try (Workers workers = new Workers(2, PLAIN)) {
      Thread helper = started().iterator().next();
      Set<Thread> seen = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        awaitState(helper, Thread.State.WAITING);
        AtomicInteger done = new AtomicInteger();
        Set<Thread> runners = Collections.synchronizedSet(new HashSet<>());
        workers.run(
            (kernels, from, to) -> {
              runners.add(Thread.currentThread());
              done.addAndGet(to - from);
            },
            1000,
            1);
        assertThat(done.get()).isEqualTo(1000);
        if (runners.equals(Set.of(Thread.currentThread()))) {
          seen.addAll(runners);
          break;
        }
      }
      assertThat(seen).as("runs without the sleeping helper").isNotEmpty();
    }
  }

  @Test
  void givesTheSameBitsForAnyNumberOfThreads() {
    Random random = new Random(5);
    int rows = 67;
    int columns = 45;
    int inner = 130;
    float[] a = new float[rows * inner];
    float[] b = new float[inner * columns];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < b.length; i++) {
      b[i] = (float) random.nextGaussian();
    }
    float[][] results = new float[3][rows * columns];
    for (int threads = 1; threads <= 3; threads++) {
      float[] c = results[threads - 1];
      try (Workers workers = new Workers(threads, PLAIN)) {
        workers.run(
            (kernels, from, to) ->
                kernels.product(
                    to - from,
                    columns,
                    inner,
                    a,
                    from * inner,
                    inner,
                    1,
                    b,
                    0,
                    columns,
                    1,
                    c,
                    from * columns,
                    columns,
                    Write.OVERWRITE),
            rows,
            1);
      }
    }
    assertThat(results[1]).isEqualTo(results[0]);
    assertThat(results[2]).isEqualTo(results[0]);
  }

  @Test
  void oneThreadStartsNone() {
    try (Workers workers = new Workers(1, PLAIN)) {
      assertThat(workers.threads()).isEqualTo(1);
      assertThat(started()).isEmpty();
      Thread[] runner = new Thread[1];
      workers.run((kernels, from, to) -> runner[0] = Thread.currentThread(), 1000, 1);
      assertThat(runner[0]).isSameAs(Thread.currentThread());
    }
  }

  @Test
  void helpersAreDaemonsAndCloseEndsThem() throws InterruptedException {
    Workers workers = new Workers(4, PLAIN);
    Set<Thread> helpers = started();
    assertThat(helpers).hasSize(3).allMatch(Thread::isDaemon);
    workers.run((kernels, from, to) -> {}, 1000, 1);

    workers.close();
    workers.close();

    for (Thread helper : helpers) {
      helper.join(DEADLINE.toMillis());
      assertThat(helper.isAlive()).isFalse();
    }
  }

  @Test
  void sleepingHelpersWakeForWorkAndForTheEnd() throws InterruptedException {
    Workers workers = new Workers(2, PLAIN);
    Thread helper = started().iterator().next();
    awaitState(helper, Thread.State.WAITING);
    AtomicInteger done = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(2);
    workers.run(
        (kernels, from, to) -> {
          awaitAll(begun);
          done.addAndGet(to - from);
        },
        1000,
        1);
    assertThat(done.get()).isEqualTo(1000);

    awaitState(helper, Thread.State.WAITING);
    workers.close();
    helper.join(DEADLINE.toMillis());
    assertThat(helper.isAlive()).isFalse();
  }

  private static void awaitState(Thread thread, Thread.State state) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (thread.getState() != state && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(thread.getState()).isEqualTo(state);
  }

  /** Part 0 belongs to the caller, the others to helpers. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void failureOfAnyPartReachesTheCallerAndTheGroupGoesOn(int failingPart) {
    try (Workers workers = new Workers(3, PLAIN)) {
      AtomicInteger finished = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  workers.run(
                      (kernels, from, to) -> {
                        if (from / 1024 == failingPart) {
                          throw new IllegalStateException("part " + failingPart);
                        }
                        finished.incrementAndGet();
                      },
                      3 * 1024,
                      1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("part " + failingPart);
      // All other parts were finished before the failure was handed on.
      assertThat(finished.get()).isEqualTo(2);

      assertThatThrownBy(
              () ->
                  workers.run(
                      (kernels, from, to) -> {
                        throw new AssertionError("all parts");
                      },
                      3 * 1024,
                      1))
          .isInstanceOf(AssertionError.class)
          .hasMessage("all parts");

      AtomicInteger sum = new AtomicInteger();
      workers.run((kernels, from, to) -> sum.addAndGet(to - from), 3 * 1024, 1);
      assertThat(sum.get()).isEqualTo(3 * 1024);
    }
  }

  @Test
  void aHundredThousandTinyTasksFinish() {
    int tasks = 100_000;
    try (Workers workers = new Workers(2, PLAIN)) {
      int[] counts = new int[64];
      for (int task = 0; task < tasks; task++) {
        workers.run(
            (kernels, from, to) -> {
              for (int i = from; i < to; i++) {
                counts[i]++;
              }
            },
            64,
            1);
      }
      int[] expected = new int[64];
      Arrays.fill(expected, tasks);
      assertThat(counts).isEqualTo(expected);
    }
  }

  @Test
  void useAfterCloseFailsInsteadOfWaitingForEver() throws InterruptedException {
    Workers workers = new Workers(2, PLAIN);
    Thread helper = started().iterator().next();
    workers.close();
    helper.join(DEADLINE.toMillis());
    assertThatThrownBy(() -> workers.run((kernels, from, to) -> {}, 1000, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void needsAThread(int threads) {
    assertThatThrownBy(() -> new Workers(threads, PLAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("needs at least 1 thread, received " + threads);
  }
}
