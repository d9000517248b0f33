package io.cordwood.server.http.v2;

import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.TopicDescription;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Topics, partitions and offsets as JSON.
 *
 * <p>The dialect wants a leader and replicas of each partition. Here every node serves every
 * partition and the bucket keeps the copies, so that there is always one leader and one replica,
 * and both are number 0.
 */
public final class TopicJson {

    private static final int THE_ONE_BROKER = 0;

    private TopicJson() {}

    /** The names of topics. */
    public static JsonArray names(List<TopicDescription> topics) {
        return topics.stream().map(topic -> topic.name().value())
                .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
    }

    /** A topic with its partitions. */
    public static JsonObject topic(TopicDescription topic) {
        return new JsonObject().put("name", topic.name().value()).put("configs", new JsonObject())
                .put("partitions", partitions(topic));
    }

    /** The partitions of a topic. */
    public static JsonArray partitions(TopicDescription topic) {
        return IntStream.range(0, topic.partitions()).mapToObj(TopicJson::partition)
                .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
    }

    /** One partition. */
    public static JsonObject partition(int number) {
        JsonObject replica = new JsonObject().put("broker", THE_ONE_BROKER).put("leader", true)
                .put("in_sync", true);
        return new JsonObject().put("partition", number).put("leader", THE_ONE_BROKER)
                .put("replicas", new JsonArray().add(replica));
    }

    /** The offsets of a partition. */
    public static JsonObject offsets(OffsetRange range) {
        return new JsonObject().put("beginning_offset", range.start()).put("end_offset",
                range.end());
    }

    /** The offsets of a partition, and the one at a time: null if no record is that late. */
    public static JsonObject offsets(OffsetRange range, long timestampMillis, OptionalLong offset) {
        JsonObject json = offsets(range).put("timestamp", timestampMillis);
        offset.ifPresentOrElse(number -> json.put("offset", number), () -> json.putNull("offset"));
        return json;
    }
}
