package dev.neurite.nn.io;

/**
 * How a model came to be.
 *
 * @param producer the program that made it, for example {@code neurite 0.1.0}
 * @param createdAt when, as an ISO 8601 instant
 * @param data name of the data it was trained on
 * @param kernel name of the arithmetic it was trained with
 * @param threads number of threads it was trained with; changes no bit
 */
public record Provenance(
    String producer, String createdAt, String data, String kernel, int threads) {}
