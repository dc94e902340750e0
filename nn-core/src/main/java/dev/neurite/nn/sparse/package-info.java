/**
 * A pruned network that is really smaller and faster.
 *
 * <p>A {@link dev.neurite.nn.sparse.SparseNetwork} holds kernels that contain many exact zeros. It
 * keeps the other weights only, so it takes less memory, and computes with them only, so it is
 * faster where enough weights are zero; most of all where they were pruned in blocks of neighbours,
 * so that one input is answered by whole vectors. It knows no model: {@code SparseModel} of the
 * room of models makes it from one, and a {@code Predictor} uses it by itself.
 */
@NullMarked
package dev.neurite.nn.sparse;

import org.jspecify.annotations.NullMarked;
