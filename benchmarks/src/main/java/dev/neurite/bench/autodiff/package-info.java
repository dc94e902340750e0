/** What a tape costs above the arithmetic that it records. */
@NullMarked
package dev.neurite.bench.autodiff;

import org.jspecify.annotations.NullMarked;
