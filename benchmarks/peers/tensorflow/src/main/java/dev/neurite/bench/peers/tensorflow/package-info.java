/** TensorFlow for Java. */
@NullMarked
package dev.neurite.bench.peers.tensorflow;

import org.jspecify.annotations.NullMarked;
