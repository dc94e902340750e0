package dev.neurite.nn.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.Tape;
import dev.neurite.nn.autodiff.Variable;
import dev.neurite.nn.data.ArrayDataset;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.Predictor;
import dev.neurite.nn.schedule.ConstantSchedule;
import dev.neurite.nn.train.Trainer;
import dev.neurite.nn.train.TrainingControl;
import dev.neurite.nn.train.TrainingListener;
import dev.neurite.nn.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The README's snippets are this file's code, line by line, and do what they say. */
class ReadmeTest {
  private static final Path SOURCE = Path.of("src/test/java/dev/neurite/nn/readme/ReadmeTest.java");

  @Test
  void exclusiveOr() {
    // begin xor
    float[] inputs = {0, 0, 0, 1, 1, 0, 1, 1};
    Dataset xor = ArrayDataset.classification(inputs, 2, new int[] {0, 1, 1, 0}, 2);
    ModelSpec spec = ModelSpec.inputs(2).dense(16, Activation.TANH).output(2, Activation.SOFTMAX);
    Model model = Model.create(spec, 1);
    try (Engine engine = new Engine(EngineSpec.defaults())) {
      TrainingSpec training = TrainingSpec.classifier(500).withSchedule(new ConstantSchedule(0.01));
      new Trainer(model, training, new DataSplit(xor, xor, xor), engine)
          .run(new TrainingControl(), TrainingListener.NONE);
    }
    float[] answer = new Predictor(model).predict(new float[] {1, 0});
    // end xor
    assertThat(answer[1]).isGreaterThan(0.9f);
    assertThat(new Predictor(model).predict(new float[] {1, 1})[0]).isGreaterThan(0.9f);
  }

  @Test
  void gradientOfAnInput() {
    // begin autodiff
    Tape tape = new Tape();
    Variable x = tape.variable(new FMatrixRMaj(new float[][] {{1, 2, 3}}));
    Variable y = tape.squaredNorm(tape.tanh(x));
    tape.forward();
    tape.backward(y);
    FMatrixRMaj gradient = x.gradient();
    // end autodiff
    for (int i = 0; i < 3; i++) {
      double t = Math.tanh(i + 1);
      assertThat((double) gradient.get(0, i)).isCloseTo(2 * t * (1 - t * t), within(1e-6));
    }
  }

  @Test
  void theReadmeShowsThisCode() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String source = Files.readString(SOURCE);
    Matcher snippets =
        Pattern.compile("<!-- snippet: (\\w+) -->\\n```java\\n(.*?)```", Pattern.DOTALL)
            .matcher(readme);
    int count = 0;
    while (snippets.find()) {
      String name = snippets.group(1);
      int begin = source.indexOf("// begin " + name + "\n");
      int end = source.indexOf("// end " + name + "\n");
      assertThat(begin).as(name).isPositive();
      String code =
          source.substring(source.indexOf('\n', begin) + 1, source.lastIndexOf('\n', end));
      assertThat(snippets.group(2)).isEqualTo(code.stripIndent() + "\n");
      count++;
    }
    assertThat(count).isEqualTo(2);
  }
}
