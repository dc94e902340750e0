/**
 * How a gradient changes a parameter.
 *
 * <p>An {@link dev.neurite.nn.optim.OptimizerSpec} is an immutable value: an {@link
 * dev.neurite.nn.optim.UpdateRule} and what goes with it (decay, clipping, max-norm). An {@link
 * dev.neurite.nn.optim.Optimizer} is its state for the parameters of one model. The learning rate
 * is an argument of every step. Momentum follows the form that keeps the rate outside the velocity
 * (as PyTorch does), so a jump of the rate takes effect at once.
 */
@NullMarked
package dev.neurite.nn.optim;

import org.jspecify.annotations.NullMarked;
