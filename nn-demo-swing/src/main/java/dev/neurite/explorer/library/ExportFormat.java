package dev.neurite.explorer.library;

import dev.neurite.mnist.preset.DigitNetwork;
import dev.neurite.nn.io.ExportSpec;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.io.OnnxFile;
import dev.neurite.nn.io.PyTorchFile;
import dev.neurite.nn.io.SavedModel;
import dev.neurite.nn.io.TensorFlowJsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The formats that models are exported in. */
public enum ExportFormat {
  /** Our own, with everything. */
  NEURITE("Neurite", ".safetensors"),
  /** A folder for the browser. */
  TENSORFLOW_JS("TensorFlow.js", ""),
  /** For ONNX runtimes. */
  ONNX("ONNX", ".onnx"),
  /** Names and layout of PyTorch. */
  PYTORCH("PyTorch safetensors", ".safetensors");

  private static final int DIGITS = 10;

  private final String title;
  private final String ending;

  ExportFormat(String title, String ending) {
    this.title = title;
    this.ending = ending;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** How names of its files end; empty for a folder. */
  public String ending() {
    return ending;
  }

  /** A file name for a model's name. */
  public String fileName(String name) {
    String plain = name.strip().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    return (plain.isBlank() ? "model" : plain) + ending;
  }

  /**
   * Writes a model, whole or not at all.
   *
   * @param target a file, for {@link #TENSORFLOW_JS} a folder
   * @param name of the model
   * @throws IOException if it cannot be written
   * @throws RuntimeException if the format has no such network, or what it needs is not there
   */
  public void write(Path target, SavedModel saved, String name) throws IOException {
    switch (this) {
      case NEURITE -> ModelFile.write(target, saved);
      case TENSORFLOW_JS -> TensorFlowJsFile.write(target, saved, spec(saved, name));
      case ONNX -> OnnxFile.write(target, saved, spec(saved, name));
      case PYTORCH -> PyTorchFile.write(target, saved, spec(saved, name));
    }
  }

  private static ExportSpec spec(SavedModel saved, String name) {
    if (saved.model().spec().inputs() != DigitNetwork.INPUTS) {
      return ExportSpec.named(name);
    }
    boolean digits = saved.model().spec().outputs() == DIGITS;
    return ExportSpec.pictures(
        name, digits ? IntStream.range(0, DIGITS).mapToObj(String::valueOf).toList() : List.of());
  }

  @Override
  public String toString() {
    return title;
  }
}
