package dev.neurite.explorer.session;

import dev.neurite.mnist.augment.Augmentation;
import dev.neurite.mnist.augment.AugmentedDataset;
import dev.neurite.nn.data.DataSplit;
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
 * @param augmentation how the training images are changed in every epoch
 * @param data which images it learns from
 * @param form how the form was filled in for it, in words that only its room understands; empty if
 *     that is not known
 */
public record Experiment(
    String name,
    ModelSpec model,
    TrainingSpec training,
    String optimizerName,
    String scheduleName,
    Augmentation augmentation,
    DataKind data,
    String form) {
  /** An experiment that learns from the images of MNIST as they are. */
  public Experiment(
      String name,
      ModelSpec model,
      TrainingSpec training,
      String optimizerName,
      String scheduleName) {
    this(name, model, training, optimizerName, scheduleName, Augmentation.NONE, DataKind.MNIST, "");
  }

  /** The same by another name. */
  public Experiment withName(String newName) {
    return new Experiment(
        newName, model, training, optimizerName, scheduleName, augmentation, data, form);
  }

  /**
   * What it learns from: the data, its training images changed in every epoch if it says so. Not
   * for the event thread.
   */
  public DataSplit prepared(DataSplit data) {
    return augmentation.isNone()
        ? data
        : new DataSplit(
            new AugmentedDataset(data.train(), augmentation, training.seed()),
            data.validation(),
            data.test());
  }
}
