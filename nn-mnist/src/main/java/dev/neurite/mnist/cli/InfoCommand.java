package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.prune.SparsityReport;
import dev.neurite.nn.train.EpochRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nn info}: what a model file holds. */
@Command(name = "info", description = "Show what a model file holds and how it was made.")
final class InfoCommand implements Callable<Integer> {
  @Mixin private CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    options.engine();
    SavedModel saved = ModelFile.read(file);
    Model model = saved.model();
    long bytes = Files.size(file);
    SparsityReport sparsity = SparsityReport.of(model);
    print(saved, sparsity, bytes);
    ObjectNode result = JsonResults.object();
    result.put("file", file.toString());
    result.put("bytes", bytes);
    result.put("network", model.spec().widths());
    result.put("parameters", model.spec().parameterCount());
    result.put("nonZeroParameters", sparsity.nonZeroParameters());
    JsonResults.put(result, "sparsity", sparsity.sparsity());
    if (model.isPruned()) {
      SparsityTable.put(result, sparsity);
    }
    Provenance provenance = saved.provenance();
    result.put("producer", provenance.producer());
    result.put("createdAt", provenance.createdAt());
    result.put("data", provenance.data());
    result.put("kernel", provenance.kernel());
    result.put("threads", provenance.threads());
    Provenance.Parent parent = provenance.parent();
    if (parent != null) {
      ObjectNode node = result.putObject("parent");
      node.put("file", parent.file());
      node.put("createdAt", parent.createdAt());
      node.put("change", parent.change());
    }
    TrainingRecord training = saved.training();
    if (training != null) {
      result.put("seed", training.spec().seed());
      result.put("outcome", training.result().outcome().name().toLowerCase(Locale.ROOT));
      JsonResults.putEpochs(result, training.result().history());
    }
    options.finish(result);
    return 0;
  }

  private void print(SavedModel saved, SparsityReport sparsity, long bytes) {
    PrintStream out = options.out();
    Provenance provenance = saved.provenance();
    out.print(saved.model().spec().summary());
    out.printf(
        "%,d of the parameters are not zero; the file has %,d bytes%n%n",
        sparsity.nonZeroParameters(), bytes);
    if (saved.model().isPruned()) {
      out.printf("%.2f %% of the weights are pruned%n", 100 * sparsity.sparsity());
      SparsityTable.print(sparsity, out);
      out.println();
    }
    out.printf(
        "Made by %s on %s with the data %s, kernel %s%n",
        provenance.producer(), provenance.createdAt(), provenance.data(), provenance.kernel());
    Provenance.Parent parent = provenance.parent();
    if (parent != null) {
      out.printf("Made from %s of %s: %s%n", parent.file(), parent.createdAt(), parent.change());
    }
    TrainingRecord training = saved.training();
    if (training == null) {
      out.println("How it was trained is not known");
      return;
    }
    out.printf(
        "Trained with %s in batches of %d, seed %d%nLearning rate: %s%n%s (%.1f s)%n",
        words(training.spec().optimizer()),
        training.spec().batchSize(),
        training.spec().seed(),
        words((Record) training.spec().schedule()),
        training.result().message(),
        training.result().seconds());
    List<EpochRecord> history = training.result().history();
    for (EpochRecord epoch : history) {
      out.println(TrainingConsole.line(epoch));
    }
  }

  /** A record as words: {@code Adam[beta1=0.9]} becomes {@code Adam (beta1 0.9)}. */
  private static String words(Record value) {
    String text = value.toString();
    int open = text.indexOf('[');
    String name = text.substring(0, open).replaceFirst("(Schedule|Spec)$", "");
    String values = text.substring(open + 1, text.length() - 1).replace('=', ' ');
    return values.isEmpty() ? name : name + " (" + values + ")";
  }

  private static String words(OptimizerSpec spec) {
    StringBuilder text = new StringBuilder(words((Record) spec.rule()));
    double[] numbers = {
      spec.l2(), spec.weightDecay(), spec.maxNorm(), spec.clipNorm(), spec.clipValue()
    };
    String[] names = {"L2", "weight decay", "max-norm", "clip norm", "clip value"};
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] > 0) {
        text.append(", ").append(names[i]).append(' ').append(numbers[i]);
      }
    }
    return text.toString();
  }
}
