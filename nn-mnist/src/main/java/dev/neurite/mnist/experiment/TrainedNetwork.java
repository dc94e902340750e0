package dev.neurite.mnist.experiment;

import dev.neurite.nn.eval.Evaluation;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Model;

/**
 * A network that an experiment has trained to its end.
 *
 * @param contender which
 * @param seed of its run
 * @param model the network
 * @param training how it was trained, for a pruned one after pruning
 * @param test on the test images
 * @param validationAccuracy share of the validation images that were right
 */
public record TrainedNetwork(
    Contender contender,
    long seed,
    Model model,
    TrainingRecord training,
    Evaluation test,
    double validationAccuracy) {}
