package dev.neurite.mnist.preset;

import dev.neurite.nn.optim.Adagrad;
import dev.neurite.nn.optim.Momentum;
import dev.neurite.nn.optim.Nesterov;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.optim.RmsProp;
import dev.neurite.nn.optim.Sgd;
import java.util.Locale;

/** Optimisers by name, each with its usual values. */
public enum OptimizerChoice {
  /** Plain gradient descent. */
  SGD("SGD", OptimizerSpec.of(new Sgd())),
  /** Gradient descent with heavy-ball momentum. */
  MOMENTUM("Momentum", OptimizerSpec.of(new Momentum())),
  /** Gradient descent with Nesterov momentum. */
  NESTEROV("Nesterov", OptimizerSpec.of(new Nesterov())),
  /** RMSprop. */
  RMSPROP("RMSprop", OptimizerSpec.of(new RmsProp())),
  /** Adagrad. */
  ADAGRAD("Adagrad", OptimizerSpec.of(new Adagrad())),
  /** Adam. */
  ADAM("Adam", OptimizerSpec.adam()),
  /** Adam with decoupled weight decay. */
  ADAMW("AdamW", OptimizerSpec.adamW());

  private final String title;
  private final OptimizerSpec spec;

  OptimizerChoice(String title, OptimizerSpec spec) {
    this.title = title;
    this.spec = spec;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The optimiser with its usual values. */
  public OptimizerSpec spec() {
    return spec;
  }

  /** The learning rate to start with. */
  public double defaultLearningRate() {
    return spec.rule().defaultLearningRate();
  }

  /**
   * The optimiser with a weight decay: decoupled for AdamW, an L2 term in the gradient for all
   * others.
   *
   * @param rate at least 0
   */
  public OptimizerSpec withDecay(double rate) {
    return this == ADAMW ? spec.withWeightDecay(rate) : spec.withL2(rate);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
