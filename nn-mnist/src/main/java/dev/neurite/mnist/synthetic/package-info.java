/**
 * Digits made from nothing: handwriting as curves, in the form of MNIST.
 *
 * <p>{@link dev.neurite.mnist.synthetic.SyntheticDigits} is the room's door. A {@code Glyph} is one
 * way to write a digit, {@code Glyphs} lists them all, {@code Handwriting} draws one as a random
 * hand would, {@code InkRenderer} makes pixels of it. Every image is a pure function of the seed
 * and its number, to the bit on every machine.
 */
@NullMarked
package dev.neurite.mnist.synthetic;

import org.jspecify.annotations.NullMarked;
