/** The user keeps models, opens and exports them, and gets back what was interrupted. */
@NullMarked
package dev.neurite.explorer.library;

import org.jspecify.annotations.NullMarked;
