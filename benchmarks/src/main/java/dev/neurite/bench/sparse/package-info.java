/** How much faster a pruned network answers. */
@NullMarked
package dev.neurite.bench.sparse;

import org.jspecify.annotations.NullMarked;
