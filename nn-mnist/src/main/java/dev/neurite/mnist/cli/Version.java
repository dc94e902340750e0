package dev.neurite.mnist.cli;

/** The program's name and version for records. */
public final class Version {
  private Version() {}

  /** For example {@code neurite 0.1.0}. */
  public static String producer() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "neurite" : "neurite " + version;
  }
}
