/**
 * Reads the IDX files that MNIST and its drop-ins come in.
 *
 * <p>{@link dev.neurite.mnist.files.IdxReader} reads any IDX file, plain or gz, into an {@link
 * dev.neurite.mnist.files.IdxArray}; whatever is wrong with the content is an {@link
 * dev.neurite.mnist.files.IdxFormatException}. Nothing is allocated because a header says so:
 * memory follows the bytes that are there.
 */
@NullMarked
package dev.neurite.mnist.files;

import org.jspecify.annotations.NullMarked;
