package io.cordwood.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.kafka.producers.Instances;
import io.cordwood.kafka.producers.ProducerIdBlock;
import io.cordwood.kafka.producers.TransactionEnds;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.JoinTransaction;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private static final TransactionalId ID = new TransactionalId("shop");
    private static final Duration ROUND_TRIP = Duration.ofMillis(10);

    private final LogFixture process = LogFixture.slow(ROUND_TRIP);
    private final PartitionId partition = new PartitionId(process.createTopic("orders"), 0);
    private final TransactionEnds ends = new TransactionEnds(process.log,
            new ProducerIdBlock(process.log));
    private final ProducerIdentity first = process.loop.await(next());

    @Test
    void whatAnInstanceLeftOpenIsAbortedBeforeTheNextComes() {
        open();

        ProducerIdentity second = process.loop.await(next());

        assertThat(second).isEqualTo(first.next().next());
        assertThat(process.log.state().transactions().of(ID).orElseThrow().isOngoing()).isFalse();
    }

    @Test
    void whatIsCommittedWhileTheNextIsAboutToAbortItIsNoReasonToRefuseIt() {
        open();
        Future<ProducerIdentity> second = next();
        process.loop.advance(ROUND_TRIP.dividedBy(2));
        write("that is on its way when the next is judged again");
        process.loop.advance(ROUND_TRIP.dividedBy(2));
        write("with which it is judged again");
        process.loop.advance(ROUND_TRIP);
        Future<ProducerIdentity> committed = ends.endAndSucceed(ID, first, true);

        assertThat(process.loop.await(second)).isEqualTo(first.next().next());
        assertThat(process.loop.await(committed)).isEqualTo(first.next());
    }

    private void open() {
        process.loop.await(process.log.propose(
                new JoinTransaction(ID, first, List.of(partition))));
    }

    private Future<ProducerIdentity> next() {
        return new Instances(ends).next(ID, 60_000, Optional.empty());
    }

    private void write(String topic) {
        process.log.propose(new CreateTopic(new UUID(topic.length(), 0),
                new TopicName(topic.replace(' ', '-')), 1));
    }
}
