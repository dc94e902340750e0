/** The user plans an experiment: layers, dropout, optimiser, rate, schedule, length, seed. */
@NullMarked
package dev.neurite.explorer.config;

import org.jspecify.annotations.NullMarked;
