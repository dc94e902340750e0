/**
 * Trains networks many times and says what their figures are worth.
 *
 * <p>{@link dev.neurite.mnist.experiment.Experiment} compares Simple, Wide and pruned Wide over
 * seeds. It knows neither the command line nor how results are shown.
 */
@NullMarked
package dev.neurite.mnist.experiment;

import org.jspecify.annotations.NullMarked;
