package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.mnist.dropin.DataPlace;
import dev.neurite.mnist.source.MnistData;
import dev.neurite.mnist.source.MnistSource;
import dev.neurite.mnist.source.MnistVerification;
import dev.neurite.nn.io.SafeFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nn data}: where the data is, getting it, checking it. */
@Command(
    name = "data",
    description = "Show, download or verify the MNIST files, or paint images of any data.")
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CommonOptions ownOptions = new CommonOptions();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "one of info, download, verify and sheet is needed");
  }

  @Command(name = "info", description = "Show where the data is and what is in it.")
  int info(@Mixin CommonOptions options, @Mixin DataOptions dataOptions) throws IOException {
    options.engine();
    if (dataOptions.synthetic()) {
      options.out().println("60,000 training and 10,000 test images, made by this program");
      options.finish(
          JsonResults.object()
              .put("found", true)
              .put("place", "synthetic")
              .put("trainImages", 60_000)
              .put("testImages", 10_000));
      return 0;
    }
    ObjectNode result = JsonResults.object();
    Path given = dataOptions.directory();
    if (given != null) {
      describe(options, DataPlace.read(given), given, "given", result);
      return 0;
    }
    MnistSource source = MnistSource.ofProcess();
    Optional<MnistSource.Found> found = source.find(null);
    if (found.isEmpty()) {
      result.put("found", false);
      options
          .out()
          .printf(
              "No MNIST here yet: nn train uses synthetic digits; nn data download would put MNIST"
                  + " into %s%n",
              source.cacheDirectory());
      options.finish(result);
      return 0;
    }
    Path directory = found.get().directory();
    String place = found.get().place().toString().toLowerCase(Locale.ROOT);
    describe(options, MnistData.load(directory), directory, place, result);
    return 0;
  }

  private static void describe(
      CommonOptions options, MnistData data, Path directory, String place, ObjectNode result) {
    options
        .out()
        .printf(
            "%,d training and %,d test images in %s%n%d classes: %s%n",
            data.train().size(),
            data.test().size(),
            directory,
            data.classNames().size(),
            String.join(", ", data.classNames()));
    result.put("found", true);
    result.put("directory", directory.toString());
    result.put("place", place);
    result.put("trainImages", data.train().size());
    result.put("testImages", data.test().size());
    JsonResults.putNames(result, data.classNames());
    options.finish(result);
  }

  @Command(name = "download", description = "Download what is missing into the cache directory.")
  int download(@Mixin CommonOptions options) throws IOException {
    options.engine();
    MnistSource source = MnistSource.ofProcess();
    Path directory;
    try (DownloadProgress progress = new DownloadProgress(options.out())) {
      directory = source.download(progress);
    }
    options.out().printf("MNIST is in %s%n", directory);
    options.finish(JsonResults.object().put("directory", directory.toString()));
    return 0;
  }

  @Command(name = "verify", description = "Check the files against the sums of the original ones.")
  int verify(@Mixin CommonOptions options, @Mixin DataOptions dataOptions) throws IOException {
    options.engine();
    if (dataOptions.synthetic()) {
      throw options.wrongUsage("--data synthetic has no files to verify");
    }
    Path given = dataOptions.directory();
    MnistSource source = MnistSource.ofProcess();
    Path where =
        given != null
            ? given
            : source.find(null).map(MnistSource.Found::directory).orElse(source.cacheDirectory());
    ObjectNode result = JsonResults.object();
    result.put("directory", where.toString());
    ArrayNode files = result.putArray("files");
    int bad = 0;
    for (MnistVerification file : MnistVerification.verify(where)) {
      options
          .out()
          .printf("%s: %s%n", file.file().fileName(), file.isOriginal() ? "ok" : file.problem());
      files
          .addObject()
          .put("file", file.file().fileName())
          .put("original", file.isOriginal())
          .put("problem", file.problem());
      bad += file.isOriginal() ? 0 : 1;
    }
    result.put("original", bad == 0);
    options.finish(result);
    if (bad > 0) {
      throw new IOException(
          "%d of the files in %s are not the original ones".formatted(bad, where));
    }
    return 0;
  }

  @Command(
      name = "sheet",
      description = "Paint the first images of each class into a PNG, a row for each class.")
  int sheet(
      @Mixin CommonOptions options,
      @Mixin DataOptions dataOptions,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "The PNG file.")
          Path out,
      @Option(
              names = "--columns",
              paramLabel = "N",
              defaultValue = "20",
              description = "Images of each class (default: ${DEFAULT-VALUE}).")
          int columns)
      throws IOException {
    options.engine();
    if (columns < 1 || columns > 200) {
      throw options.wrongUsage("--columns must be 1...200, received " + columns);
    }
    DataOptions.Loaded loaded = dataOptions.load(options);
    BufferedImage sheet = ContactSheet.paint(loaded.data().train(), MnistData.SIDE, columns);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(sheet, "png", png);
    SafeFile.writeBytes(out, png.toByteArray());
    options.out().printf("%s: %s%n", loaded.name(), out.toAbsolutePath());
    options.finish(JsonResults.object().put("file", out.toString()).put("data", loaded.name()));
    return 0;
  }
}
