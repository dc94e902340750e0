/**
 * Training images that are a little different in every epoch.
 *
 * <p>{@link dev.neurite.mnist.augment.Augmentation} says how: turned, sheared, scaled, moved and
 * bent. {@link dev.neurite.mnist.augment.AugmentedDataset} does it to each image when it is asked
 * for, as a pure function of (seed, epoch, image), so nothing depends on threads and a resumed run
 * sees what an uninterrupted one sees.
 */
@NullMarked
package dev.neurite.mnist.augment;

import org.jspecify.annotations.NullMarked;
