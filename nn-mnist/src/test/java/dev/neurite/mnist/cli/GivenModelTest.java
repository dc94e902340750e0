package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenModelTest {
  private static final ModelSpec SPEC =
      ModelSpec.inputs(784).dense(3, Activation.RELU).output(10, Activation.SOFTMAX);

  @TempDir private Path folder;

  private final Model model = Model.create(SPEC, 1);
  private final SavedModel saved =
      new SavedModel(model, null, new Provenance("test", "2026-01-02T03:04:05Z", "none", "any", 1));

  private Path written() throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(file, saved);
    return file;
  }

  @Test
  void modelsOfOtherProgramsAreToldHowToBeRead() throws IOException {
    ExportSpec export = ExportSpec.named("digits");
    Path tfjs = folder.resolve("tfjs");
    TensorFlowJsFile.write(tfjs, saved, export);
    Path onnx = folder.resolve("digits.onnx");
    OnnxFile.write(onnx, saved, export);
    Path pytorch = folder.resolve("torch.safetensors");
    PyTorchFile.write(pytorch, saved, export);
    String[] titles = {"TensorFlow.js", "ONNX", "PyTorch safetensors"};
    Path[] files = {tfjs, onnx, pytorch};
    for (int i = 0; i < files.length; i++) {
      Path file = files[i];
      assertThatIOException()
          .isThrownBy(() -> GivenModel.read(file))
          .withMessage(
              "%s is a model in the format of %s; nn import makes a model file of it",
              file, titles[i]);
    }
    assertThat(GivenModel.readToAnswer(written()).model().spec()).isEqualTo(SPEC);
  }

  @Test
  void otherPathsAreSaidByName() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path junk = Files.writeString(folder.resolve("junk"), "this is no model");
    for (Path path : new Path[] {empty, junk, folder.resolve("none")}) {
      assertThatIOException()
          .isThrownBy(() -> GivenModel.read(path))
          .withMessageContaining(path.toString());
    }
  }

  @Test
  void weightsThatAreNotFiniteCannotAnswer() throws IOException {
    model.kernel(1).value().data[7] = Float.NaN;
    model.bias(0).value().data[1] = Float.POSITIVE_INFINITY;
    Path file = written();
    assertThatCode(() -> GivenModel.read(file)).doesNotThrowAnyException();
    assertThatIOException()
        .isThrownBy(() -> GivenModel.readToAnswer(file))
        .withMessage(
            "%s cannot answer: dense1.bias[1] is Infinity, 2 of its 2,395 parameters are not"
                + " finite",
            file);
  }

  /** As a user meets it: neither a class nor an accuracy. */
  @Test
  void commandsFailWhereWeightsOrOutputsAreNotFinite() throws IOException {
    model.kernel(0).value().data[0] = Float.NaN;
    Path file = written();
    assertThat(Main.run("evaluate", file.toString(), "--data", "synthetic")).isEqualTo(1);
    for (int layer = 0; layer < 2; layer++) {
      Arrays.fill(model.kernel(layer).value().data, 1e37f);
    }
    assertThatCode(() -> GivenModel.readToAnswer(written())).doesNotThrowAnyException();
    assertThat(Main.run("evaluate", file.toString(), "--data", "synthetic")).isEqualTo(1);
  }
}
