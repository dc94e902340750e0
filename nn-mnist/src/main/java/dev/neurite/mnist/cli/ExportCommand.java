package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.nn.io.ExportSpec;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.OnnxFile;
import dev.neurite.nn.io.PyTorchFile;
import dev.neurite.nn.io.SafeFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TensorFlowJsFile;
import dev.neurite.nn.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn export}: a model file for other programs. */
@Command(name = "export", description = "Write a model for other programs.")
final class ExportCommand implements Callable<Integer> {
  private static final int DIGITS = 10;

  @Mixin private CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "safetensors, tfjs (TensorFlow.js, a folder) or onnx.")
  private String format = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "What to write: a file, for tfjs a folder.")
  private Path target = Path.of("");

  @Option(
      names = "--naming",
      paramLabel = "NAMING",
      description =
          "Names and layout in safetensors: native (dense1.kernel, [in, out]) or pytorch"
              + " (fc1.weight, [out, in]) (default: native).")
  private @Nullable String naming;

  @Override
  public Integer call() throws IOException {
    options.engine();
    boolean pytorch = isPyTorch();
    if (format.equals("tfjs")) {
      TensorFlowJsFile.requireWritable(target);
    } else {
      SafeFile.requireWritable(target);
    }
    SavedModel saved = GivenModel.read(file);
    ExportSpec export = export(saved.model().spec());
    switch (format) {
      case "tfjs" -> TensorFlowJsFile.write(target, saved, export);
      case "onnx" -> OnnxFile.write(target, saved, export);
      default -> {
        if (pytorch) {
          PyTorchFile.write(target, saved, export);
        } else {
          ModelFile.write(target, saved);
        }
      }
    }
    ObjectNode result = JsonResults.object();
    result.put("format", format);
    result.put("out", target.toString());
    ArrayNode files = result.putArray("files");
    for (ModelSums.FileSum sum : ModelSums.of(target)) {
      options
          .out()
          .printf(Locale.ROOT, "%s  %,d bytes  sha256 %s%n", sum.file(), sum.bytes(), sum.sha256());
      files
          .addObject()
          .put("file", sum.file().toString())
          .put("bytes", sum.bytes())
          .put("sha256", sum.sha256());
    }
    options.finish(result);
    return 0;
  }

  private boolean isPyTorch() {
    if (!List.of("safetensors", "tfjs", "onnx").contains(format)) {
      throw options.wrongUsage("--format must be safetensors, tfjs or onnx, received " + format);
    }
    if (naming == null) {
      return false;
    }
    if (!format.equals("safetensors")) {
      throw options.wrongUsage("--naming is for safetensors, received --format " + format);
    }
    return switch (naming) {
      case "native" -> false;
      case "pytorch" -> true;
      default -> throw options.wrongUsage("--naming must be native or pytorch, received " + naming);
    };
  }

  /** What is known of a network for digits; less of any other. */
  private ExportSpec export(ModelSpec spec) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    if (name.isBlank()) {
      name = "model";
    }
    if (spec.inputs() != DigitNetwork.INPUTS) {
      return ExportSpec.named(name);
    }
    List<String> classes =
        spec.outputs() == DIGITS
            ? IntStream.range(0, DIGITS).mapToObj(String::valueOf).toList()
            : List.of();
    return ExportSpec.pictures(name, classes);
  }
}
