package io.cordwood.kafka.topics;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;

/**
 * Tells how many bytes the partitions have, all in one place: the bucket, which has no size.
 *
 * @param name what the place is called
 */
public record DescribeLogDirsHandler(KafkaLog log, String name)
        implements
            ApiHandler<DescribeLogDirsRequest> {

    @Override
    public Future<Answer> handle(Call call, DescribeLogDirsRequest request) {
        DescribeLogDirsResult bucket = new DescribeLogDirsResult().setLogDir(name);
        ManifestState state = log.state();
        if (request.isAllTopicPartitions()) {
            state.topics().forEach(topic -> bucket.topics().add(describe(topic,
                    IntStream.range(0, topic.partitionCount()).boxed().toList())));
        } else {
            Map<String, Set<Integer>> asked = new LinkedHashMap<>();
            request.data().topics().forEach(topic -> asked
                    .computeIfAbsent(topic.topic(), none -> new TreeSet<>())
                    .addAll(topic.partitions()));
            asked.forEach((name, partitions) -> new TopicKey.Name(name).find(state)
                    .ifPresent(topic -> bucket.topics().add(describe(topic, partitions))));
        }
        return Future.succeededFuture(Answer.Response.of(
                new DescribeLogDirsResponseData().setResults(List.of(bucket))));
    }

    private static DescribeLogDirsTopic describe(TopicState topic,
            Collection<Integer> partitions) {
        return new DescribeLogDirsTopic().setName(topic.name().value()).setPartitions(
                partitions.stream()
                        .filter(number -> number >= 0 && number < topic.partitionCount())
                        .map(number -> new DescribeLogDirsPartition().setPartitionIndex(number)
                                .setPartitionSize(topic.partition(number).sizeBytes())
                                .setOffsetLag(0))
                        .toList());
    }
}
