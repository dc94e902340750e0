/**
 * How fast arithmetic is, against the peak of the processor and against EJML.
 *
 * <p>A {@link dev.neurite.bench.kernel.ProductCase} is a product of a shape and form of the app,
 * {@link dev.neurite.bench.kernel.FmaPeak} the most that one thread can do; the command {@code nn
 * bench} and the JMH benchmarks share both. JMH runs with {@code java -cp
 * "benchmarks/target/app/*:benchmarks/target/lib/*" org.openjdk.jmh.Main}.
 */
@NullMarked
package dev.neurite.bench.kernel;

import org.jspecify.annotations.NullMarked;
