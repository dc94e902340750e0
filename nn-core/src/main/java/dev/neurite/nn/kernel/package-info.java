/**
 * Arithmetic on {@code float[]}; knows no graph.
 *
 * <p>Internal: not exported. {@link dev.neurite.nn.kernel.Kernels} is the list of what can be
 * computed, one object per thread because it owns scratch memory. {@link
 * dev.neurite.nn.kernel.Workers} splits outputs over threads, never sums, so the number of threads
 * changes no bit of any result; where two threads share a sum, it is that of two halves for any
 * number of them. {@link dev.neurite.nn.kernel.KernelChooser} picks an implementation and logs why.
 */
@NullMarked
package dev.neurite.nn.kernel;

import org.jspecify.annotations.NullMarked;
