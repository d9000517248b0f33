package io.cordwood.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cordwood.server.grpc.proto.PartitionOffsets;
import io.cordwood.server.grpc.proto.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Topics as JSON for machines, one value on one line. */
final class TopicJson {

    private static final JsonFactory JSON = new JsonFactory()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private TopicJson() {}

    static void writeAll(OutputStream out, List<Topic> topics) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (Topic topic : topics) {
                json.writeStartObject();
                writeTopic(json, topic);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }

    static void write(OutputStream out, Topic topic, List<PartitionOffsets> offsets)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            writeTopic(json, topic);
            json.writeArrayFieldStart("offsets");
            for (PartitionOffsets partition : offsets) {
                json.writeStartObject();
                json.writeNumberField("partition", partition.getPartition());
                json.writeNumberField("start_offset", partition.getStartOffset());
                json.writeNumberField("end_offset", partition.getEndOffset());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeTopic(JsonGenerator json, Topic topic) throws IOException {
        json.writeStringField("name", topic.getName());
        json.writeStringField("id", topic.getId());
        json.writeNumberField("partitions", topic.getPartitions());
    }
}
