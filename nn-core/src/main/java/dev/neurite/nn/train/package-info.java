/**
 * Runs epochs and says what happened.
 *
 * <p>A {@link dev.neurite.nn.train.Trainer} owns a run: it is built from a {@link
 * dev.neurite.nn.train.TrainingSpec}, a model and data, obeys a {@link
 * dev.neurite.nn.train.TrainingControl} between batches, and reports {@link
 * dev.neurite.nn.train.TrainingEvent}s on the thread that runs it. Every choice (early stopping,
 * best epoch, plateau) looks at validation figures only. A {@link
 * dev.neurite.nn.train.TrainingSnapshot} holds all that a run needs to go on as if it had never
 * stopped. A {@link dev.neurite.nn.train.PruningRun} prunes a model and trains it again, once or in
 * rounds.
 */
@NullMarked
package dev.neurite.nn.train;

import org.jspecify.annotations.NullMarked;
