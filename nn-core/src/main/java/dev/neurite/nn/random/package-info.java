/**
 * Random numbers as pure functions of (seed, stream, step, index).
 *
 * <p>Nothing here has a state: a number is asked for by its place, not drawn from a sequence. So
 * nothing has to be stored to resume a run, and no result depends on how work is split over
 * threads. The streams are named by {@link dev.neurite.nn.random.RandomPurpose}, the bits come from
 * {@link dev.neurite.nn.random.Threefry}.
 */
@NullMarked
package dev.neurite.nn.random;

import org.jspecify.annotations.NullMarked;
