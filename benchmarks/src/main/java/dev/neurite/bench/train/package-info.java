/**
 * How fast networks learn: a step and an epoch of fixed workloads on real MNIST.
 *
 * <p>{@link dev.neurite.bench.train.Workload} names the workloads, so that every figure of this
 * project and of its peers means the same work.
 */
@NullMarked
package dev.neurite.bench.train;

import org.jspecify.annotations.NullMarked;
