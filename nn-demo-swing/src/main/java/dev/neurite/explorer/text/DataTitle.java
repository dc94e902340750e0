package dev.neurite.explorer.text;

import dev.neurite.mnist.dropin.NamedData;
import java.nio.file.Path;

/** What data is called for people. */
public final class DataTitle {
  private DataTitle() {}

  /** The title of data by its name in records: of a directory, its last part. */
  public static String of(String name) {
    if (NamedData.isWord(name)) {
      return Texts.get("data.name." + name);
    }
    Path last = Path.of(name).getFileName();
    return last == null ? name : last.toString();
  }
}
