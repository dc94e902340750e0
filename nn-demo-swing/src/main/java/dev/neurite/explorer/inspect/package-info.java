/** The user looks inside a network: weights, activations, what the pixels do, how digits lie. */
@NullMarked
package dev.neurite.explorer.inspect;

import org.jspecify.annotations.NullMarked;
