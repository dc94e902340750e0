/**
 * The workloads trained by other libraries in the same run, for comparison: only in the profile
 * {@code peers}, never in what is shipped.
 */
@NullMarked
package dev.neurite.bench.peers;

import org.jspecify.annotations.NullMarked;
