package dev.neurite.explorer.session;

import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.train.TrainingSpec;

/**
 * What a run does: a network and the way to train it. The seed of the training also gives the
 * network its first values.
 *
 * @param name for people, for example {@code Simple}
 * @param model the network
 * @param training how it is trained
 * @param optimizerName for people
 * @param scheduleName for people
 */
public record Experiment(
    String name,
    ModelSpec model,
    TrainingSpec training,
    String optimizerName,
    String scheduleName) {}
