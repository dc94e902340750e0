package dev.neurite.mnist.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's name and version for records. */
public final class Version implements IVersionProvider {
  private Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {producer() + ", Java " + System.getProperty("java.version")};
  }

  /** For example {@code neurite 0.1.0}. */
  public static String producer() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "neurite" : "neurite " + version;
  }
}
