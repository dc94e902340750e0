/**
 * Named choices with sensible values, shared by the command line and the desktop app.
 *
 * <p>{@link dev.neurite.mnist.preset.NetworkPreset} names networks, {@link
 * dev.neurite.mnist.preset.OptimizerChoice} and {@link dev.neurite.mnist.preset.ScheduleChoice}
 * name ways to train them.
 */
@NullMarked
package dev.neurite.mnist.preset;

import org.jspecify.annotations.NullMarked;
