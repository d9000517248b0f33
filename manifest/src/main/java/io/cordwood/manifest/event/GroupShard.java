package io.cordwood.manifest.event;

/**
 * A share of the groups, by its number. Each group is in the shard that the hash of its id names,
 * for ever, and each shard is written by one process at a time.
 *
 * @param number from 0 up to the count
 */
public record GroupShard(int number) implements Comparable<GroupShard> {

    /** How many shards there are: as many as Kafka's offsets topic has partitions. */
    public static final int COUNT = 50;

    public GroupShard {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("shards are numbered from 0 to " + (COUNT - 1)
                    + ": " + number);
        }
    }

    @Override
    public int compareTo(GroupShard other) {
        return Integer.compare(number, other.number);
    }
}
