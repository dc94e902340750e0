package dev.neurite.explorer.testbench;

/**
 * What a network takes a test image for.
 *
 * @param index of the image in the test data
 * @param actual its class
 * @param predicted the class with the largest output
 * @param confidence that output, 0 to 1
 */
public record Prediction(int index, int actual, int predicted, float confidence) {
  /** Whether it is taken for something else. */
  public boolean isMistake() {
    return actual != predicted;
  }
}
