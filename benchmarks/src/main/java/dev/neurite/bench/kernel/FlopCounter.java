package dev.neurite.bench.kernel;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Lets JMH print GFLOP/s beside the operations per second of a throughput benchmark. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class FlopCounter {
  /** Billions of floating-point operations done. */
  public double gflops;

  /** Counts the operations of one call. */
  public void add(double flops) {
    gflops += flops * 1e-9;
  }
}
