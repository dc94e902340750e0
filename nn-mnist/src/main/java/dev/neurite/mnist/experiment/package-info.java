/**
 * Trains networks many times and says what their figures are worth.
 *
 * <p>{@link dev.neurite.mnist.experiment.Experiment} compares Simple, Wide and pruned Wide over
 * seeds; {@link dev.neurite.mnist.experiment.Sweep} tries settings and ranks them by validation
 * accuracy. Neither knows the command line nor how results are shown.
 */
@NullMarked
package dev.neurite.mnist.experiment;

import org.jspecify.annotations.NullMarked;
