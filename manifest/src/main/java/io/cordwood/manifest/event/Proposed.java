package io.cordwood.manifest.event;

import java.util.UUID;

/**
 * Who proposed an event, if not the writer of its entry: that process finds its answer by it.
 *
 * @param event which of the entry's events, from 0
 * @param number counts what the process proposes, from 1
 */
public record Proposed(int event, UUID process, long number) {

    public Proposed {
        if (event < 0 || number < 1) {
            throw new IllegalArgumentException("an event was proposed: " + event + ", " + number);
        }
    }
}
