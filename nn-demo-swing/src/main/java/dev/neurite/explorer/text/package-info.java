/** Words and numbers for people. */
@NullMarked
package dev.neurite.explorer.text;

import org.jspecify.annotations.NullMarked;
