package io.cordwood.server.http.stream;

import io.cordwood.runtime.RejectedException;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one stream sends: the lanes it reads, and what is next in each.
 *
 * @param topic as it was when the stream began
 * @param lanes of the partitions that are read, in their order
 * @param lanesAtOnce how many of them are read at one time
 */
record Feed(TopicDescription topic, List<Lane> lanes, int lanesAtOnce, Wording wording) {

    Feed {
        lanes = List.copyOf(lanes);
    }

    /** A lane's next record. */
    Buffer next(Lane lane) {
        StoredRecord record = lane.take();
        return wording.record(this::id, lane.partition(), record);
    }

    /** Moves a lane on to an offset, over records that were deleted. */
    Buffer skip(Lane lane, long offset) {
        long from = lane.next();
        lane.skipTo(offset);
        return wording.skipped(this::id, lane.partition(), from, offset);
    }

    /** The failure of a stream whose topic is not the one that it began with. */
    RejectedException gone() {
        return new RejectedException(RejectedException.Reason.UNKNOWN_TOPIC,
                "topic " + topic.name() + " was deleted");
    }

    /** The part of what may be read at a time that is for one lane. */
    int laneShare(int bytes) {
        return bytes / Math.clamp(lanes.size(), 1, lanesAtOnce);
    }

    private String id() {
        return lanes.stream().map(lane -> lane.partition() + ":" + lane.next())
                .collect(Collectors.joining(","));
    }
}
