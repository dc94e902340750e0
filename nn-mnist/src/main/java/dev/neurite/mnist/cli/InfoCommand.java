package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.dropin.ClassNames;
import dev.neurite.mnist.dropin.DataPlace;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.io.AnyModelFile;
import dev.neurite.nn.io.Provenance;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TrainingRecord;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.optim.OptimizerSpec;
import dev.neurite.nn.prune.SparsityReport;
import dev.neurite.nn.train.EpochRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nn info}: what a model file holds. */
@Command(
    name = "info",
    description =
        "Show what a model file holds and how it was made; files of other programs are read too.")
final class InfoCommand implements Callable<Integer> {
  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private ChainOptions chain = new ChainOptions();

  @Parameters(
      paramLabel = "FILE",
      description = "The model file, or the folder of a TensorFlow.js model.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    options.engine();
    AnyModelFile.Content content =
        AnyModelFile.read(file, chain.hidden(options), chain.output(options));
    SavedModel saved = content.saved();
    Model model = saved.model();
    List<ModelSums.FileSum> files = ModelSums.of(file);
    long bytes = files.stream().mapToLong(ModelSums.FileSum::bytes).sum();
    String sum = ModelSums.ofParameters(model);
    SparsityReport sparsity = SparsityReport.of(model);
    print(content, files, sum, sparsity);
    ObjectNode result = JsonResults.object();
    result.put("file", file.toString());
    result.put("format", label(content.format()));
    result.put("bytes", bytes);
    ArrayNode sums = result.putArray("files");
    for (ModelSums.FileSum s : files) {
      sums.addObject().put("file", s.file().toString()).put("sha256", s.sha256());
    }
    result.put("parametersSha256", sum);
    result.put("network", model.spec().widths());
    result.put("parameters", model.spec().parameterCount());
    result.put("nonZeroParameters", sparsity.nonZeroParameters());
    result.put("nonFiniteParameters", GivenModel.nonFinite(model));
    result.put("sparsity", zeroShare(model));
    if (model.isPruned()) {
      SparsityTable.put(result.putObject("pruning"), sparsity);
    }
    ArrayNode layers = result.putArray("layers");
    for (int i = 0; i < model.spec().denseLayers().size(); i++) {
      Parameter kernel = model.kernel(i);
      layers
          .addObject()
          .put("name", "dense" + (i + 1))
          .put("inputs", kernel.rows())
          .put("units", kernel.columns())
          .put("activation", model.spec().denseLayers().get(i).activation().toString())
          .put("weights", kernel.size())
          .put("nonZeroWeights", nonZeros(kernel));
    }
    Provenance provenance = saved.provenance();
    result.put("producer", provenance.producer());
    result.put("createdAt", provenance.createdAt());
    result.put("data", provenance.data());
    JsonResults.putNames(result, classNames(saved));
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

  /** The name of a format in results, for example {@code tensorflow_js}. */
  static String label(AnyModelFile.Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> classNames(SavedModel saved) {
    return DataPlace.classNames(
        AugmentedData.of(saved.provenance().data()).data(), saved.model().spec().outputs());
  }

  private static int nonZeros(Parameter parameter) {
    int count = 0;
    for (int i = 0; i < parameter.size(); i++) {
      count += parameter.value().data[i] == 0 ? 0 : 1;
    }
    return count;
  }

  /** Share of the weights, without the biases, that are zero, pruned or not. */
  private static double zeroShare(Model model) {
    long weights = 0;
    long zeros = 0;
    for (int i = 0; i < model.spec().denseLayers().size(); i++) {
      weights += model.kernel(i).size();
      zeros += model.kernel(i).size() - nonZeros(model.kernel(i));
    }
    return (double) zeros / weights;
  }

  private void print(
      AnyModelFile.Content content,
      List<ModelSums.FileSum> files,
      String sum,
      SparsityReport sparsity) {
    PrintStream out = options.out();
    SavedModel saved = content.saved();
    Model model = saved.model();
    Provenance provenance = saved.provenance();
    out.print(model.spec().summary());
    out.printf(
        "%,d of the parameters are not zero; %.1f %% of the weights are zero",
        sparsity.nonZeroParameters(), 100 * zeroShare(model));
    for (int i = 0; i < model.spec().denseLayers().size(); i++) {
      Parameter kernel = model.kernel(i);
      out.printf(
          "%s%.1f %% in dense%d",
          i == 0 ? ": " : ", ", 100.0 * (kernel.size() - nonZeros(kernel)) / kernel.size(), i + 1);
    }
    out.println();
    int nonFinite = GivenModel.nonFinite(model);
    if (nonFinite > 0) {
      out.printf("%,d of the parameters are not finite: the network cannot answer%n", nonFinite);
    }
    if (model.isPruned()) {
      out.printf("%.2f %% of the weights are pruned%n", 100 * sparsity.sparsity());
      SparsityTable.print(sparsity, out);
    }
    out.printf("%nFormat %s%n", content.format().title());
    for (ModelSums.FileSum s : files) {
      out.printf("%s: %,d bytes, SHA-256 %s%n", s.file(), s.bytes(), s.sha256());
    }
    out.printf("Numbers of the model: SHA-256 %s%n%n", sum);
    out.printf(
        "Made by %s on %s with the data %s, kernel %s%n",
        provenance.producer(), provenance.createdAt(), provenance.data(), provenance.kernel());
    List<String> names = classNames(saved);
    if (!ClassNames.areDigits(names)) {
      out.printf("%d classes: %s%n", names.size(), String.join(", ", names));
    }
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
