package dev.neurite.explorer.session;

/**
 * What a network is worth and what it costs.
 *
 * @param validationAccuracy NaN where there is no validation data
 * @param testAccuracy NaN where there is no test data
 * @param parameters weights and biases
 * @param nonZeroParameters those that are not exactly 0
 * @param fileBytes bytes of its values in a file
 * @param microseconds the middle time for one image
 */
public record ModelFigures(
    double validationAccuracy,
    double testAccuracy,
    int parameters,
    int nonZeroParameters,
    long fileBytes,
    double microseconds) {}
