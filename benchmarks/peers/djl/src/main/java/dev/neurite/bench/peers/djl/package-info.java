/** Deep Java Library on PyTorch. */
@NullMarked
package dev.neurite.bench.peers.djl;

import org.jspecify.annotations.NullMarked;
