/** Swing components that know no feature: theme, chart, canvas, bars, fields. */
@NullMarked
package dev.neurite.explorer.ui;

import org.jspecify.annotations.NullMarked;
