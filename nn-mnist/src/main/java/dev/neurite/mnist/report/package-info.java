/**
 * Writes results as pages that need nothing but themselves.
 *
 * <p>A page is one HTML file that is also well-formed XML: its style, charts (SVG) and pictures
 * (PNG as data URI) are inside, it follows the reader's choice of dark or light, and loads nothing.
 */
@NullMarked
package dev.neurite.mnist.report;

import org.jspecify.annotations.NullMarked;
