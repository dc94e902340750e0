/** PyTorch through its C++ interface, called from Java. */
@NullMarked
package dev.neurite.bench.peers.pytorch;

import org.jspecify.annotations.NullMarked;
