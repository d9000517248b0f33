package io.cordwood.groups.offsets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;

/** Divides the partitions that a request names into those that there are and the others. */
final class KnownPartitions {

    private KnownPartitions() {}

    /**
     * Those that there are, in order.
     *
     * @param count how many partitions the topic has; 0 where there is no such topic
     * @param number of a partition that is asked for
     * @param unknown told of the numbers of the others
     */
    static <P> List<P> of(int count, Iterable<P> asked, ToIntFunction<P> number,
            IntConsumer unknown) {
        List<P> known = new ArrayList<>();
        asked.forEach(partition -> {
            int index = number.applyAsInt(partition);
            if (index >= 0 && index < count) {
                known.add(partition);
            } else {
                unknown.accept(index);
            }
        });
        return known;
    }
}
