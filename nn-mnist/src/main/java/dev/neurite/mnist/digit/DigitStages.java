package dev.neurite.mnist.digit;

/**
 * A picture on its way to a digit of 28×28 pixels, step by step.
 *
 * @param picture what came; if it had more than 2,048 pixels on a side, averaged in blocks until it
 *     fits
 * @param darkOnLight whether the ink is darker than the background, and so was inverted
 * @param ink the picture as ink only: 0 background, 1 the strongest ink; same size as the picture
 * @param inkX left edge of the ink in the picture, in pixels
 * @param inkY upper edge of the ink in the picture, in pixels
 * @param cropped the part of {@code ink} that holds the ink
 * @param scaled {@code cropped} with its longest side brought to 20 pixels, aspect kept; the same
 *     pixels if the picture already was a finished digit
 * @param placedX left edge of {@code scaled} in the digit, in pixels, to the nearest one
 * @param placedY upper edge of {@code scaled} in the digit, in pixels, to the nearest one
 * @param digit the 28×28 pixels for the network: 0 background, 1 the strongest ink
 */
public record DigitStages(
    GreyImage picture,
    boolean darkOnLight,
    GreyImage ink,
    int inkX,
    int inkY,
    GreyImage cropped,
    GreyImage scaled,
    int placedX,
    int placedY,
    GreyImage digit) {}
