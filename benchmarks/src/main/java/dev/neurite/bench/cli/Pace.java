package dev.neurite.bench.cli;

/**
 * How thoroughly pieces of work are timed.
 *
 * @param warmUpSeconds how long each runs before anything counts, from 0
 * @param rounds how often each takes its turn, at least 1
 * @param turnSeconds how long a turn lasts at least, above 0; a turn is one call or more
 */
record Pace(double warmUpSeconds, int rounds, double turnSeconds) {
  /** Checks the numbers. */
  Pace {
    if (!(warmUpSeconds >= 0 && turnSeconds > 0) || rounds < 1) {
      throw new IllegalArgumentException(
          "a pace needs a warm-up from 0, at least 1 round and a turn above 0, received "
              + "%s s, %d and %s s".formatted(warmUpSeconds, rounds, turnSeconds));
    }
  }

  /** One round after five times the warm-up, for code that has never run. */
  Pace settling() {
    return new Pace(5 * warmUpSeconds, 1, turnSeconds);
  }
}
