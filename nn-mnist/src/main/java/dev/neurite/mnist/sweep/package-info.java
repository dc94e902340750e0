/**
 * Trains a network under many settings and ranks them by validation images.
 *
 * <p>A {@link dev.neurite.mnist.sweep.SweepSpec}, read by {@link
 * dev.neurite.mnist.sweep.SweepFile}, lists {@link dev.neurite.mnist.sweep.Trial}s: settings and a
 * seed. {@link dev.neurite.mnist.sweep.Sweep} trains those whose {@link
 * dev.neurite.mnist.sweep.TrialRecord} is not in the {@link dev.neurite.mnist.sweep.TrialJournal}
 * yet, several at once and each on one thread. {@link dev.neurite.mnist.sweep.SweepResult} ranks. A
 * setting is a pair of words; what the words mean is the business of whoever makes the trainers.
 */
@NullMarked
package dev.neurite.mnist.sweep;

import org.jspecify.annotations.NullMarked;
