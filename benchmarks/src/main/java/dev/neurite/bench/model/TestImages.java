package dev.neurite.bench.model;

import dev.neurite.nn.data.Dataset;

/** Images as the predictor takes them. */
public final class TestImages {
  private TestImages() {}

  /** The first images, one array each. */
  public static float[][] rows(Dataset data, int count) {
    float[][] images = new float[count][data.features()];
    for (int i = 0; i < count; i++) {
      data.copyFeatures(i, images[i], 0);
    }
    return images;
  }

  /** The first images, one after the other. */
  public static float[] matrix(Dataset data, int count) {
    float[] images = new float[count * data.features()];
    for (int i = 0; i < count; i++) {
      data.copyFeatures(i, images, i * data.features());
    }
    return images;
  }
}
