/**
 * A pruned network that is really smaller and faster.
 *
 * <p>A {@link dev.neurite.nn.sparse.SparseModel} is a frozen copy of a network whose kernels
 * contain many exact zeros. It keeps the other weights only, so it takes less memory, and computes
 * with them only, so it is faster where enough weights are zero.
 */
@NullMarked
package dev.neurite.nn.sparse;

import org.jspecify.annotations.NullMarked;
