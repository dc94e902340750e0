/**
 * Examples and batches.
 *
 * <p>A {@link dev.neurite.nn.data.Dataset} is an immutable list of rows; the trainer asks it for
 * rows by index and copies them, or reads what is not zero of a {@link
 * dev.neurite.nn.data.SparseDataset} where it stands. {@link dev.neurite.nn.data.ByteDataset} keeps
 * pixels as bytes, {@link dev.neurite.nn.data.ArrayDataset} keeps floats. An {@link
 * dev.neurite.nn.data.EpochDataset} changes from epoch to epoch.
 */
@NullMarked
package dev.neurite.nn.data;

import org.jspecify.annotations.NullMarked;
