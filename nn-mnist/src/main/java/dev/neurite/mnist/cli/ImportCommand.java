package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.io.AnyModelFile;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.SafeFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn import}: a model of another program as a model file. */
@Command(
    name = "import",
    description =
        "Make a model file from one of another program: TensorFlow.js, ONNX or PyTorch safetensors,"
            + " told by the content.")
final class ImportCommand implements Callable<Integer> {
  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private ChainOptions chain = new ChainOptions();

  @Parameters(
      paramLabel = "PATH",
      description = "The other program's file, or the folder of a TensorFlow.js model.")
  private Path source = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The model file to write.")
  private Path target = Path.of("");

  @Override
  public Integer call() throws IOException {
    options.engine();
    Activation hidden = chain.hidden(options);
    Activation output = chain.output(options);
    SafeFile.requireWritable(target);
    AnyModelFile.Content content = AnyModelFile.read(source, hidden, output);
    SavedModel saved = content.saved();
    ModelFile.write(target, saved);
    ModelSpec spec = saved.model().spec();
    options.out().printf("%s: %s%n%s", source, content.format().title(), spec.summary());
    options.out().printf("Written to %s%n", target);
    ObjectNode result = JsonResults.object();
    result.put("format", InfoCommand.label(content.format()));
    result.put("out", target.toString());
    result.put("network", spec.widths());
    result.put("parameters", spec.parameterCount());
    result.put("parametersSha256", ModelSums.ofParameters(saved.model()));
    options.finish(result);
    return 0;
  }
}
