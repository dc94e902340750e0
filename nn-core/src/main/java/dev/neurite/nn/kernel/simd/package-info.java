/**
 * The kernels with {@code jdk.incubator.vector}; the only place that imports it.
 *
 * <p>Internal: not exported, and loaded only when the module is there. The width of a vector is the
 * processor's preferred one; the size of a tile follows from it.
 */
@NullMarked
package dev.neurite.nn.kernel.simd;

import org.jspecify.annotations.NullMarked;
