/**
 * What the user has: the planned experiment, the data, the runs, and which run is looked at.
 *
 * <p>All values are immutable; {@link dev.neurite.explorer.session.Session} holds the current ones
 * and tells its listeners. It belongs to the event thread.
 */
@NullMarked
package dev.neurite.explorer.session;

import org.jspecify.annotations.NullMarked;
