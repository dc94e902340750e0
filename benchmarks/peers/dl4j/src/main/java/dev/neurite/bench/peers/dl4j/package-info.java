/** Deeplearning4j. */
@NullMarked
package dev.neurite.bench.peers.dl4j;

import org.jspecify.annotations.NullMarked;
