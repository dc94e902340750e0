package dev.neurite.explorer.service;

import dev.neurite.explorer.session.LossTrace;
import java.util.List;

/**
 * What a run has said since the last time.
 *
 * @param events in their order; of batches and of frozen models only the newest
 * @param trace the losses of all batches of the run so far
 */
public record RunProgress(List<RunEvent> events, LossTrace trace) {
  /** Copies the list. */
  public RunProgress {
    events = List.copyOf(events);
  }
}
