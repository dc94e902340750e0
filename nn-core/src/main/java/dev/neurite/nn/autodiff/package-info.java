/**
 * Records operations once, replays them forward and backward.
 *
 * <p>A {@link dev.neurite.nn.autodiff.Tape} keeps its operations in the order they were recorded
 * in, which is a topological order; running it backwards is reverse-mode differentiation. Each
 * operation is one small class behind the sealed interface {@code Op}, its forward and backward
 * side by side. Matrices are EJML's {@code FMatrixRMaj}, row-major. Gradients always accumulate:
 * into a variable's gradient over its uses, and into a parameter's over several backward passes
 * until {@link dev.neurite.nn.autodiff.Variable#zeroGradient()}. A variable that needs no gradient
 * has none and costs nothing.
 */
@NullMarked
package dev.neurite.nn.autodiff;

import org.jspecify.annotations.NullMarked;
