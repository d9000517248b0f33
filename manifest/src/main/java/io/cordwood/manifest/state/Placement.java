package io.cordwood.manifest.state;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Spreads partitions over nodes: evenly within a topic, and so that few of them move when a node
 * comes or goes. Any node can serve any partition; that all clients go to the same makes batches
 * large and caches hit.
 *
 * <p>Each partition ranks the nodes by a hash of both (rendezvous hashing: Thaler and Ravishankar,
 * 1998) and goes to the first that has less than its share.
 */
public final class Placement {

    private Placement() {}

    /**
     * The node of each partition.
     *
     * @param topic whose partitions they are
     * @param nodes the numbers of the nodes, at least one
     * @return their numbers
     */
    public static int[] of(UUID topic, int partitions, List<Integer> nodes) {
        int share = Math.ceilDiv(partitions, nodes.size());
        int[] chosen = new int[partitions];
        int[] load = new int[nodes.size()];
        for (int partition = 0; partition < partitions; partition++) {
            int index = best(seed(topic, partition), nodes, load, share);
            load[index]++;
            chosen[partition] = nodes.get(index);
        }
        return chosen;
    }

    /** The node of something that has a name. */
    public static int of(String name, List<Integer> nodes) {
        long seed = mix(Arrays.hashCode(name.toCharArray()));
        return nodes.stream().max(Comparator.comparingLong(node -> rank(seed, node)))
                .orElseThrow();
    }

    private static int best(long seed, List<Integer> nodes, int[] load, int share) {
        int best = -1;
        long bestRank = 0;
        for (int i = 0; i < nodes.size(); i++) {
            long rank = rank(seed, nodes.get(i));
            if (load[i] < share && (best < 0 || rank > bestRank)) {
                best = i;
                bestRank = rank;
            }
        }
        return best;
    }

    private static long seed(UUID topic, int partition) {
        return mix(topic.getMostSignificantBits()
                ^ mix(topic.getLeastSignificantBits() + partition));
    }

    private static long rank(long seed, int node) {
        return mix(seed ^ mix(node));
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): each bit hangs on all others. */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
