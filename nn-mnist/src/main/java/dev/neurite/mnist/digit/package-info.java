/**
 * Turns any picture of a digit into the 28×28 pixels that a network for MNIST was trained on.
 *
 * <p>{@link dev.neurite.mnist.digit.ImageFileReader} makes a {@link
 * dev.neurite.mnist.digit.GreyImage} of a file; {@link dev.neurite.mnist.digit.DigitPreprocessor}
 * takes it through the steps by which MNIST was made and shows every one of them in {@link
 * dev.neurite.mnist.digit.DigitStages}.
 */
@NullMarked
package dev.neurite.mnist.digit;

import org.jspecify.annotations.NullMarked;
