package dev.neurite.explorer.service;

import dev.neurite.mnist.digit.GreyImage;

/**
 * A drawing that is still to be brought into the form of MNIST.
 *
 * @param ink of any size
 * @param blurSigma how softly its edges are blurred, in pixels of a drawing ten times as large as
 *     the digit
 */
public record Drawing(GreyImage ink, double blurSigma) implements Specimen {}
