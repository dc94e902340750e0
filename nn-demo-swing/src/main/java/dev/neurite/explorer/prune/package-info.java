/** The user prunes a network and trains what is left. */
@NullMarked
package dev.neurite.explorer.prune;

import org.jspecify.annotations.NullMarked;
