package io.cordwood.server.observe;

import java.util.List;

/**
 * Whether a node serves, and what is wrong with it.
 *
 * @param serving whether it answers appends and reads
 * @param problems in words; a node may serve in spite of them
 */
public record Health(boolean serving, List<String> problems) {

    public Health {
        problems = List.copyOf(problems);
    }
}
