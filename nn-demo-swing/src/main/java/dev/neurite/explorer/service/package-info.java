/**
 * Work off the event thread: training, predicting, loading data.
 *
 * <p>Commands are given on the event thread and return at once; what comes of them is handed back
 * on the event thread. One {@code trainer} thread owns the engine and the model in training, one
 * {@code inference} thread asks frozen copies.
 */
@NullMarked
package dev.neurite.explorer.service;

import org.jspecify.annotations.NullMarked;
