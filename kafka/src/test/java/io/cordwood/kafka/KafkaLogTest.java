package io.cordwood.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.commit.InitTransactionalId;
import io.cordwood.manifest.commit.JoinTransaction;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaLogTest {

    private static final TransactionalId ID = new TransactionalId("shop");

    private final LogFixture process = new LogFixture();
    private final PartitionId partition = new PartitionId(process.createTopic("orders"), 0);

    @Test
    void whoWasReplacedIsRefused() {
        ProducerIdentity before = initialize(process);
        initialize(process);

        assertThatThrownBy(() -> join(process, before)).isInstanceOf(RejectedException.class);
    }

    @Test
    void aProcessThatWasTakenOverRefusesNobodyByWhatItKnows() {
        initialize(process);
        ProducerIdentity producer = initialize(process.takeOver());

        assertThatThrownBy(() -> join(process, producer)).isInstanceOf(FencedException.class);
    }

    private static ProducerIdentity initialize(LogFixture at) {
        return at.loop.await(at.log.propose(
                new InitTransactionalId(ID, 60_000, Optional.empty(), 5)));
    }

    private int join(LogFixture at, ProducerIdentity producer) {
        return at.loop.await(at.log.propose(
                new JoinTransaction(ID, producer, List.of(partition))));
    }
}
