package dev.neurite.nn.io;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model came to be.
 *
 * @param producer the program that made it, for example {@code neurite 0.1.0}
 * @param createdAt when, as an ISO 8601 instant
 * @param data name of the data it was trained on
 * @param kernel name of the arithmetic it was trained with
 * @param threads number of threads it was trained with; changes no bit
 * @param parent the model that it was made from, or null if it was trained from its first values
 */
public record Provenance(
    String producer,
    String createdAt,
    String data,
    String kernel,
    int threads,
    @Nullable Parent parent) {
  /**
   * The model that another one was made from.
   *
   * @param file its file
   * @param createdAt when it was made, as an ISO 8601 instant
   * @param change what was done to it, in words
   * @param initialSeed seed of the first values of its weights, or null if they cannot be made
   *     again
   */
  public record Parent(String file, String createdAt, String change, @Nullable Long initialSeed) {
    /** Checks that the texts are there. */
    public Parent {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(createdAt, "createdAt");
      Objects.requireNonNull(change, "change");
    }
  }

  /** Checks that the texts are there. */
  public Provenance {
    Objects.requireNonNull(producer, "producer");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(kernel, "kernel");
  }

  /** The provenance of a model that was trained from its first values. */
  public Provenance(String producer, String createdAt, String data, String kernel, int threads) {
    this(producer, createdAt, data, kernel, threads, null);
  }
}
