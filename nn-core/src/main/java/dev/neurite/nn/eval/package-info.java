/**
 * How good a model is on a dataset.
 *
 * <p>An {@link dev.neurite.nn.eval.Evaluator} runs a model over a dataset and gives an {@link
 * dev.neurite.nn.eval.Evaluation}: accuracy, mean loss, confusion matrix, per-class figures.
 */
@NullMarked
package dev.neurite.nn.eval;

import org.jspecify.annotations.NullMarked;
