package dev.neurite.nn.io;

import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;

/** Changes a library for ever, in a process that a test kills. */
final class LibraryChanger {
  /** Large enough that a file is often caught half-written. */
  static final ModelSpec SPEC =
      ModelSpec.inputs(784).dense(300, Activation.RELU).output(10, Activation.SOFTMAX);

  private LibraryChanger() {}

  /** Arguments: the folder, and a name. */
  public static void main(String[] args) throws IOException {
    ModelLibrary library = new ModelLibrary(Path.of(args[0]));
    SavedModel saved = new SavedModel(Model.create(SPEC, 1), null, SampleModels.PROVENANCE);
    for (int i = 0; ; i++) {
      LibraryEntry kept = library.save(args[1] + " " + i, saved);
      library.rename(kept.id(), args[1] + " renamed " + i);
      library.delete(library.save("gone", saved).id());
      System.out.println(i);
    }
  }
}
