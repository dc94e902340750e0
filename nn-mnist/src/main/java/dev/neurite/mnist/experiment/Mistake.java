package dev.neurite.mnist.experiment;

import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An image that a network took for something else.
 *
 * @param index of the image in its dataset
 * @param actual its class
 * @param predicted what the network took it for
 * @param probability what the network gave that answer, in (0, 1]
 */
public record Mistake(int index, int actual, int predicted, double probability) {
  private static final int BATCH = 500;

  /** The mistakes that a network was surest of, worst first. */
  public static List<Mistake> worst(Model model, Dataset images, EngineSpec engine, int most) {
    Predictor predictor = new Predictor(model, engine);
    int outputs = model.spec().outputs();
    List<Mistake> mistakes = new ArrayList<>();
    for (int from = 0; from < images.size(); from += BATCH) {
      int rows = Math.min(BATCH, images.size() - from);
      float[] pixels = new float[rows * images.features()];
      for (int i = 0; i < rows; i++) {
        images.copyFeatures(from + i, pixels, i * images.features());
      }
      float[] answers = predictor.predictBatch(pixels, rows);
      for (int i = 0; i < rows; i++) {
        float[] answer = new float[outputs];
        System.arraycopy(answers, i * outputs, answer, 0, outputs);
        int predicted = Predictor.argMax(answer);
        int actual = images.label(from + i);
        if (actual != Dataset.NO_LABEL && predicted != actual) {
          mistakes.add(new Mistake(from + i, actual, predicted, answer[predicted]));
        }
      }
    }
    mistakes.sort(Comparator.comparingDouble(Mistake::probability).reversed());
    return List.copyOf(mistakes.subList(0, Math.min(most, mistakes.size())));
  }
}
