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
import dev.neurite.nn.io.AnyModelFile;
import dev.neurite.nn.io.ExportSpec;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.OnnxFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.PyTorchFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TensorFlowJsFile;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void aModelGoesElsewhere(@TempDir Path folder) throws IOException {
    ModelSpec spec = ModelSpec.inputs(784).dense(3, Activation.RELU).output(10, Activation.SOFTMAX);
    Provenance provenance = new Provenance("readme", "2026-01-01T00:00:00Z", "none", "plain", 1);
    ModelFile.write(
        folder.resolve("digits.safetensors"),
        new SavedModel(Model.create(spec, 1), null, provenance));
    export(new Place(folder));
    float[] input = new float[784];
    input[300] = 1;
    float[] expected = new Predictor(Model.create(spec, 1)).predict(input);
    int checked = 0;
    for (String file : new String[] {"digits", "torch.safetensors", "digits.onnx"}) {
      SavedModel read =
          AnyModelFile.read(folder.resolve(file), Activation.RELU, Activation.SOFTMAX).saved();
      assertThat(new Predictor(read.model()).predict(input))
          .containsExactly(expected, within(1e-6f));
      checked++;
    }
    assertThat(checked).isEqualTo(3);
  }

  /** Stands for java.nio.file.Path, so that the snippet writes into a folder of the test. */
  private record Place(Path folder) {
    @SuppressWarnings("MethodName")
    Path of(String name) {
      return folder.resolve(name);
    }
  }

  @SuppressWarnings("ParameterName")
  private static void export(Place Path) throws IOException {
    // begin export
    SavedModel saved = ModelFile.read(Path.of("digits.safetensors"));
    List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    ExportSpec export = ExportSpec.pictures("digits", names);
    TensorFlowJsFile.write(Path.of("digits"), saved, export);
    PyTorchFile.write(Path.of("torch.safetensors"), saved, export);
    OnnxFile.write(Path.of("digits.onnx"), saved, export);
    // end export
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
    assertThat(count).isEqualTo(3);
  }
}
