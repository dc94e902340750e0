/**
 * Which weights are switched off for good.
 *
 * <p>A {@link dev.neurite.nn.prune.WeightPruning} chooses the weights of smallest magnitude, one by
 * one or in blocks, and gives each kernel a {@link dev.neurite.nn.autodiff.Mask}; from then on the
 * weights are exactly 0, through any optimiser, copy, checkpoint and file. A {@link
 * dev.neurite.nn.prune.GradualPruning} says how many at each step of a training run, {@link
 * dev.neurite.nn.prune.PruningRounds} how many in each of several rounds. A {@link
 * dev.neurite.nn.prune.UnitPruning} removes whole hidden units and returns a smaller network.
 *
 * <p>What is left may get its first values back (a lottery ticket): they are a pure function of
 * spec and seed, so {@link dev.neurite.nn.prune.Pruning#prune} takes the network made anew as its
 * target.
 *
 * <p>Sparsity is everywhere the share of pruned weights among all weights of all kernels, those of
 * a spared layer counted; biases are not weights and are never pruned. Nothing here trains: {@code
 * dev.neurite.nn.train.PruningRun} does, and a pruned network is trained like any other. A {@link
 * dev.neurite.nn.prune.SparsityReport} says what is left of a network, a {@link
 * dev.neurite.nn.prune.SensitivityReport} how much each layer bears.
 */
@NullMarked
package dev.neurite.nn.prune;

import org.jspecify.annotations.NullMarked;
