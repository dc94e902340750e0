package dev.neurite.explorer.inspect;

import dev.neurite.nn.model.Predictor;

/**
 * What the pixels do to an answer.
 *
 * @param gradient {@code dz[digit] / dx}, one value for each pixel
 * @param changed the picture after {@code steps} steps {@code x ← clamp(x + 0.04 g / max|g|, 0, 1)}
 * @param steps number of steps taken
 * @param probability of the digit for the changed picture
 */
@SuppressWarnings("ArrayRecordComponent") // a value of one computation, read by its receiver only
record Saliency(float[] gradient, float[] changed, int steps, float probability) {
  private static final float STEP = 0.04f;
  private static final int MOST_STEPS = 100;
  private static final float ENOUGH = 0.9f;

  /** Computes the gradient, then steps along it until the network is sure of the digit. */
  static Saliency of(Predictor predictor, float[] pixels, int digit) {
    float[] gradient = predictor.inputGradient(pixels, digit);
    float[] x = pixels.clone();
    float[] g = gradient;
    int steps = 0;
    while (steps < MOST_STEPS && predictor.predict(x)[digit] < ENOUGH) {
      float largest = 0;
      for (float slope : g) {
        largest = Math.max(largest, Math.abs(slope));
      }
      if (largest == 0) {
        break; // no pixel changes anything
      }
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.max(0, Math.min(1, x[i] + STEP * g[i] / largest));
      }
      steps++;
      g = predictor.inputGradient(x, digit);
    }
    return new Saliency(gradient, x, steps, predictor.predict(x)[digit]);
  }
}
