package dev.neurite.mnist.cli;

import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.io.AnyModelFile;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.ModelFormatException;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model file that a command is given. */
final class GivenModel {
  private GivenModel() {}

  /**
   * Reads a model file.
   *
   * @throws IOException if it cannot be read; for a model of another program it names the command
   *     that makes a model file of it
   */
  static SavedModel read(Path file) throws IOException {
    if (isOfAnotherProgram(file)) {
      throw new IOException(
          "%s is a model in the format of %s; nn import makes a model file of it"
              .formatted(file, AnyModelFile.format(file).title()));
    }
    return ModelFile.read(file);
  }

  private static boolean isOfAnotherProgram(Path file) throws IOException {
    try {
      return AnyModelFile.format(file) != AnyModelFile.Format.NEURITE;
    } catch (ModelFormatException e) {
      if (Files.isDirectory(file)) {
        throw e;
      }
      return false; // what is wrong with it is said by the reader
    }
  }

  /**
   * Reads a model file that is to answer.
   *
   * @throws IOException if it cannot be read, or a weight is not a finite number
   */
  static SavedModel readToAnswer(Path file) throws IOException {
    SavedModel saved = read(file);
    for (Parameter parameter : saved.model().parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        if (!Float.isFinite(parameter.value().data[i])) {
          throw new IOException(
              "%s cannot answer: %s[%d] is %s, %,d of its %,d parameters are not finite"
                  .formatted(
                      file,
                      parameter.name(),
                      i,
                      parameter.value().data[i],
                      nonFinite(saved.model()),
                      saved.model().spec().parameterCount()));
        }
      }
    }
    return saved;
  }

  /** Number of weights and biases that are infinite or not a number. */
  static int nonFinite(Model model) {
    int count = 0;
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        count += Float.isFinite(parameter.value().data[i]) ? 0 : 1;
      }
    }
    return count;
  }

  /**
   * Checks what a model has answered.
   *
   * @param value a loss or an output
   * @throws IOException if it is not a finite number
   */
  static void requireFinite(Path file, double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IOException(
          "%s cannot answer: its weights are finite, its outputs are not (%s)"
              .formatted(file, value));
    }
  }
}
