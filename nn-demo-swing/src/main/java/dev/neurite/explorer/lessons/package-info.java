/** The user learns: a tour of one experiment, pages on what matters, keys, and what this is. */
@NullMarked
package dev.neurite.explorer.lessons;

import org.jspecify.annotations.NullMarked;
