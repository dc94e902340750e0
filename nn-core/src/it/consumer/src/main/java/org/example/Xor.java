package org.example;

import dev.neurite.nn.autodiff.*;
import dev.neurite.nn.data.*;
import dev.neurite.nn.io.*;
import dev.neurite.nn.model.*;
import dev.neurite.nn.schedule.*;
import dev.neurite.nn.train.*;
import java.nio.file.Path;

/** Exclusive or in ten lines, with nn-core alone; saves the network to the file that is named. */
public final class Xor {
  private Xor() {}

  public static void main(String[] arguments) throws Exception {
    float[] inputs = {0, 0, 0, 1, 1, 0, 1, 1};
    Dataset xor = ArrayDataset.classification(inputs, 2, new int[] {0, 1, 1, 0}, 2);
    Model model =
        Model.create(
            ModelSpec.inputs(2).dense(16, Activation.TANH).output(2, Activation.SOFTMAX), 1);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      TrainingSpec training =
          TrainingSpec.classifier(500).withSchedule(new ConstantSchedule(0.01));
      new Trainer(model, training, new DataSplit(xor, xor, xor), engine)
          .run(new TrainingControl(), TrainingListener.NONE);
      System.out.println("kernel " + engine.kernelName());
    }
    for (int i = 0; i < 4; i++) {
      float[] input = {inputs[2 * i], inputs[2 * i + 1]};
      int answer = Predictor.argMax(new Predictor(model).predict(input));
      System.out.printf("%.0f xor %.0f = %d%n", input[0], input[1], answer);
    }
    Provenance provenance = new Provenance("xor", "2026-01-01T00:00:00Z", "xor", "any", 1);
    SavedModel saved = new SavedModel(model, null, provenance);
    Path file = Path.of(arguments[0]);
    ModelFile.write(file, saved);
    System.out.println("saved " + ModelFile.read(file).model().spec().widths());
    try {
      OnnxFile.write(file.resolveSibling("xor.onnx"), saved, ExportSpec.named("xor"));
      System.out.println("onnx written");
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }
}
