/** How fast a trained network answers: one image at a time, and in batches. */
@NullMarked
package dev.neurite.bench.model;

import org.jspecify.annotations.NullMarked;
