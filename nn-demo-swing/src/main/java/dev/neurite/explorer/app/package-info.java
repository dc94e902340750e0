/** Puts the parts together, opens the window and closes it. */
@NullMarked
package dev.neurite.explorer.app;

import org.jspecify.annotations.NullMarked;
