package dev.neurite.mnist.synthetic;

import dev.neurite.nn.random.RandomStream;

/** The random numbers of one image, in the order in which they are asked for. */
final class RandomNumbers {
  private final RandomStream stream;
  private int image;
  private int next;

  RandomNumbers(RandomStream stream) {
    this.stream = stream;
  }

  /** Begins the numbers of an image. */
  void begin(int newImage) {
    image = newImage;
    next = 0;
  }

  /** A standard normal number. */
  double normal() {
    return stream.normal(image, next++);
  }

  /** A normal number, cut off at 2.5 standard deviations. */
  double normal(double mean, double deviation) {
    return mean + deviation * Math.max(-2.5, Math.min(2.5, normal()));
  }

  /** A uniform number in [low, high). */
  double uniform(double low, double high) {
    return low + (high - low) * stream.uniformDouble(image, next++);
  }
}
