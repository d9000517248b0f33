package io.cordwood.server.http.tail;

import io.cordwood.runtime.RejectedException;
import io.cordwood.server.log.TopicDescription;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one tail sends: the lanes it follows, and the event that is next in each.
 *
 * @param topic as it was when the tail began
 * @param lanes of the partitions that are followed, in their order
 */
record Feed(TopicDescription topic, List<Lane> lanes, Events events) {

    Feed {
        lanes = List.copyOf(lanes);
    }

    /** The event of a lane's next record, with the id that follows it. */
    Buffer next(Lane lane) {
        var record = lane.take();
        return events.record(id(), lane.partition(), record);
    }

    /** Moves a lane on to an offset, over records that were deleted. */
    Buffer skip(Lane lane, long offset) {
        long from = lane.next();
        lane.skipTo(offset);
        return events.skipped(id(), lane.partition(), from, offset);
    }

    /** The failure of a tail whose topic is not the one that it began with. */
    RejectedException gone() {
        return new RejectedException(RejectedException.Reason.UNKNOWN_TOPIC,
                "topic " + topic.name() + " was deleted");
    }

    private String id() {
        return lanes.stream().map(lane -> lane.partition() + ":" + lane.next())
                .collect(Collectors.joining(","));
    }
}
