package dev.neurite.nn.io;

import dev.neurite.nn.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * What a model file holds.
 *
 * @param model the network
 * @param training how it was trained, or null if that is not known
 * @param provenance how it came to be
 */
public record SavedModel(Model model, @Nullable TrainingRecord training, Provenance provenance) {}
