/**
 * A network: its spec and its parameters.
 *
 * <p>A {@link dev.neurite.nn.model.ModelSpec} says what a network is; a {@link
 * dev.neurite.nn.model.Model} is built from one and carries it for life. A {@link
 * dev.neurite.nn.model.Predictor} is a frozen copy that many threads may ask at once.
 */
@NullMarked
package dev.neurite.nn.model;

import org.jspecify.annotations.NullMarked;
