package io.cordwood.cluster;

import io.cordwood.manifest.state.Nodes;
import io.cordwood.runtime.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Of whom the committer has heard, and when: by it, and by nothing else, a node is taken for gone.
 * Confined to a loop.
 */
final class Presence {

    private final EventLoop loop;
    private final UUID self;
    private final Map<UUID, Long> heardNanos = new HashMap<>();
    private final Set<UUID> lost = new HashSet<>();
    private long lookedNanos;

    /** Nobody was heard yet. */
    Presence(EventLoop loop, UUID self) {
        this.loop = loop;
        this.self = self;
    }

    /** A process has said something. */
    void heard(UUID process) {
        heardNanos.put(process, loop.nanoTime());
        lost.remove(process);
    }

    /** The last line of a process has broken: it opens another soon, if it is there. */
    void lost(UUID process) {
        lost.add(process);
    }

    /** From now on it counts who is heard, and not before. */
    void begin() {
        heardNanos.clear();
        lost.clear();
        lookedNanos = loop.nanoTime();
    }

    /**
     * Those of the nodes that were silent for too long. Who was asleep himself has heard nobody,
     * and waits once more.
     *
     * @param pause how often this is asked
     */
    List<UUID> silent(Nodes nodes, Duration pause) {
        long now = loop.nanoTime();
        boolean slept = now - lookedNanos > 2 * pause.toNanos();
        lookedNanos = now;
        if (slept) {
            heardNanos.clear();
        }
        List<UUID> others = nodes.processesBut(self);
        heardNanos.keySet().retainAll(others);
        lost.retainAll(others);
        others.forEach(process -> heardNanos.putIfAbsent(process, now));
        return others.stream().filter(process -> isSilent(process, now)).toList();
    }

    private boolean isSilent(UUID process, long now) {
        return now - heardNanos.getOrDefault(process, now) > silenceMax(process).toNanos();
    }

    private Duration silenceMax(UUID process) {
        return lost.contains(process) ? Patience.REFUSAL_MAX : Patience.SILENCE_MAX;
    }
}
