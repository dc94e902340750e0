/** How fast an optimiser changes the parameters of a model. */
@NullMarked
package dev.neurite.bench.optim;

import org.jspecify.annotations.NullMarked;
