/**
 * Other data in MNIST's place: 28×28 images in IDX files, in folders named after their classes, or
 * in a sprite sheet.
 *
 * <p>{@link dev.neurite.mnist.dropin.DataPlace} sees what kind of data a place holds and has it
 * read; {@link dev.neurite.mnist.dropin.ClassNames} knows what the classes are called.
 */
@NullMarked
package dev.neurite.mnist.dropin;

import org.jspecify.annotations.NullMarked;
