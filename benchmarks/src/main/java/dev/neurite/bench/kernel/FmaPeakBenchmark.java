package dev.neurite.bench.kernel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The peak that all products are compared with.
 *
 * <p>Danger: vectors that the compiler keeps in memory instead of registers, or a clock that the
 * machine shares with others: a peak measured at another moment than the products says nothing
 * about them. Run both in one session.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class FmaPeakBenchmark {
  private final FmaPeak available = FmaPeak.available();
  private final FmaPeak plain = new PlainFmaPeak();

  /** The peak. */
  @Benchmark
  public float peak(FlopCounter counter) {
    counter.add(available.flops());
    return available.run();
  }

  /** Baseline: what a loop in plain Java reaches. */
  @Benchmark
  public float baselinePlain(FlopCounter counter) {
    counter.add(plain.flops());
    return plain.run();
  }

  /** Control: twice the work in one call. */
  @Benchmark
  public float controlTwice(FlopCounter counter) {
    counter.add(2 * available.flops());
    return available.run() + available.run();
  }

  // One should see: controlTwice at half the calls and the same GFLOP/s as peak; baselinePlain at
  // 60-100 % of it. The peak is clock x lanes x 2 x pipes: 3.66 GHz x 8 x 2 x 2 = 117 on a core
  // that takes 512 bits in halves (Zen 4), about 225 on one that takes them at once.
}
