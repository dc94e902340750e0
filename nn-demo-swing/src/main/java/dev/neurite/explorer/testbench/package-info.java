/** The user draws a digit and sees what a network makes of it. */
@NullMarked
package dev.neurite.explorer.testbench;

import org.jspecify.annotations.NullMarked;
