/**
 * Finds MNIST, fetches it when it is nowhere, and loads it.
 *
 * <p>{@link dev.neurite.mnist.source.MnistSource} knows the places in their order: a given
 * directory, {@code MNIST_DIR}, the user's cache, a {@link dev.neurite.mnist.source.FileDownload}.
 * {@link dev.neurite.mnist.source.MnistData} turns the four files of a directory into datasets.
 * Everything that comes from the surroundings (variables, home directory, mirrors) is handed in.
 */
@NullMarked
package dev.neurite.mnist.source;

import org.jspecify.annotations.NullMarked;
