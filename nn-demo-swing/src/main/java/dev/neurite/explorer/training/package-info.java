/** The user trains: data, commands, progress, live charts. */
@NullMarked
package dev.neurite.explorer.training;

import org.jspecify.annotations.NullMarked;
