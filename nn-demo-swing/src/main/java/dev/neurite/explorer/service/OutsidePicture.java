package dev.neurite.explorer.service;

import dev.neurite.mnist.digit.DigitPreprocessor;
import dev.neurite.mnist.digit.DigitStages;
import dev.neurite.mnist.digit.GreyImage;
import dev.neurite.mnist.digit.ImageFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A picture from outside the app that has not been read yet.
 *
 * @param name for people, for example of the file
 * @param content reads it; not on the event thread
 */
public record OutsidePicture(String name, Content content) {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  /** Reads a picture. */
  @FunctionalInterface
  public interface Content {
    /**
     * Reads it.
     *
     * @throws IOException if it cannot be read; the message says why
     */
    GreyImage read() throws IOException;
  }

  /**
   * What became of a picture.
   *
   * @param name of the picture
   * @param sample the digit on it, or null if there is none
   * @param problem why it could not be read; empty if it could
   */
  public record Outcome(String name, @Nullable DigitSample sample, String problem) {}

  /** A file. */
  public static OutsidePicture of(Path file) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    return new OutsidePicture(
        name,
        () -> {
          try {
            return ImageFileReader.read(file);
          } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new IOException(reason.replace(file.toString(), name), e);
          }
        });
  }

  /** Whether a file calls itself a picture. */
  public static boolean isNamedLikeOne(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * Reads it and brings it into the form of MNIST; not on the event thread.
   *
   * @param blurSigma as of {@link DigitPreprocessor}
   */
  public Outcome read(double blurSigma) {
    try {
      Optional<DigitStages> stages = new DigitPreprocessor(blurSigma).prepare(content.read());
      return new Outcome(
          name,
          stages
              .map(s -> new DigitSample(Pixels.listOf(s.digit().pixels()), -1, name))
              .orElse(null),
          "");
    } catch (IOException | RuntimeException e) { // a damaged picture is the user's to know
      return new Outcome(name, null, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
