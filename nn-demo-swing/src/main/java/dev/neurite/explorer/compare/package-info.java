/** The user compares the runs of the session. */
@NullMarked
package dev.neurite.explorer.compare;

import org.jspecify.annotations.NullMarked;
