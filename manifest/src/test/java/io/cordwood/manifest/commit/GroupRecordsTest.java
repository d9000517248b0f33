package io.cordwood.manifest.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.EndTransaction.Succession;
import io.cordwood.manifest.commit.WriteGroupRecords.Membership;
import io.cordwood.manifest.commit.WriteGroupRecords.Turn;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.WrittenGroupRecord;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.ProducerIdentity;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GroupRecordsTest {

    private static final GroupShard SHARD = new GroupShard(7);
    private static final TransactionalId ID = new TransactionalId("shop");

    private final EntryChain chain = EntryChain.elected();
    private long epoch;
    private long number;

    GroupRecordsTest() {
        take();
    }

    @Test
    void theLastRecordOfEachKeyCountsInTheOrderOfWriting() {
        write(record("a", "1"), record("b", "1"));
        write(record("a", "2"), record("c", "1"), gone("b"));

        assertThat(records()).containsExactly(record("a", "2"), record("c", "1"));
    }

    @Test
    void anOwnerThatWasReplacedWritesNoMore() {
        long before = epoch;
        write(record("a", "1"));
        take();

        assertRefused(new WriteGroupRecords(SHARD, new Turn(before, 2), List.of(record("a", "2")),
                Optional.empty()), FencedException.class);
        write(record("a", "3"));
        assertThat(records()).containsExactly(record("a", "3"));
    }

    @Test
    void aWriteAfterOneThatIsMissingIsRefused() {
        write(record("a", "1"));

        assertRefused(new WriteGroupRecords(SHARD, new Turn(epoch, 3), List.of(record("a", "3")),
                Optional.empty()), RejectedException.class);
        assertRefused(new WriteGroupRecords(SHARD, new Turn(epoch, 1), List.of(record("a", "1")),
                Optional.empty()), RejectedException.class);
    }

    @Test
    void anotherShardIsAnotherMatter() {
        write(record("a", "1"));

        assertRefused(new WriteGroupRecords(new GroupShard(8), new Turn(epoch, 1),
                List.of(record("a", "3")), Optional.empty()), FencedException.class);
        assertThat(chain.state().groupShard(new GroupShard(8)).records()).isEmpty();
    }

    @Test
    void whatIsWrittenInATransactionCountsOnceThatIsCommitted() {
        ProducerIdentity producer = init();
        write(record("a", "1"));
        writeIn(producer, record("a", "2"), record("b", "2"));
        assertThat(records()).containsExactly(record("a", "1"));
        assertThat(written()).hasSize(3);

        end(producer, true);

        assertThat(records()).containsExactly(record("a", "2"), record("b", "2"));
    }

    @Test
    void whatIsWrittenAfterSomethingInATransactionStaysWhenThatIsCommitted() {
        ProducerIdentity producer = init();
        writeIn(producer, record("a", "pending"), record("b", "pending"));
        write(record("a", "later"));

        end(producer, true);

        assertThat(records()).containsExactly(record("b", "pending"), record("a", "later"));
    }

    @Test
    void whatIsWrittenInATransactionIsGoneWhenThatIsAborted() {
        ProducerIdentity producer = init();
        write(record("a", "1"));
        writeIn(producer, record("a", "2"));

        end(producer, false);

        assertThat(written()).containsExactly(new WrittenGroupRecord(record("a", "1"),
                Optional.empty()));
    }

    @Test
    void whatIsPendingOutlivesItsOwner() {
        ProducerIdentity producer = init();
        writeIn(producer, record("a", "1"));
        take();
        writeIn(producer, record("a", "2"));

        assertThat(written()).containsExactly(new WrittenGroupRecord(record("a", "2"),
                Optional.of(producer)));
    }

    @Test
    void aTransactionThatIsOverTakesNothingIn() {
        ProducerIdentity producer = init();
        writeIn(producer, record("a", "1"));
        end(producer, true);

        assertRefused(new WriteGroupRecords(SHARD, new Turn(epoch, number + 1),
                List.of(record("a", "2")), Optional.of(new Membership(producer, true))),
                RejectedException.class);
    }

    @Test
    void aShardJoinsBeforeByOlderClients() {
        ProducerIdentity producer = init();
        WriteGroupRecords write = new WriteGroupRecords(SHARD, new Turn(epoch, number + 1),
                List.of(record("a", "2")), Optional.of(new Membership(producer, false)));
        assertRefused(write, RejectedException.class);

        propose(new JoinTransaction(ID, producer, SHARD));

        assertThat(propose(write)).isEqualTo(1);
        assertThat(new JoinTransaction(ID, producer, SHARD).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(0));
    }

    private void take() {
        epoch = propose(new TakeGroupShard(SHARD, new UUID(1, epoch)));
        number = 0;
    }

    private void write(GroupRecord... records) {
        propose(new WriteGroupRecords(SHARD, new Turn(epoch, ++number), List.of(records),
                Optional.empty()));
    }

    private void writeIn(ProducerIdentity producer, GroupRecord... records) {
        propose(new WriteGroupRecords(SHARD, new Turn(epoch, ++number), List.of(records),
                Optional.of(new Membership(producer, true))));
    }

    private ProducerIdentity init() {
        return propose(new InitTransactionalId(ID, 1_000, Optional.empty(), 40));
    }

    private void end(ProducerIdentity producer, boolean committed) {
        propose(new EndTransaction(ID, producer, committed, new Succession.Later(0),
                new EndTransaction.End(new UUID(9, 9), 5_000, 1_000)));
    }

    private List<GroupRecord> records() {
        return written().stream().filter(record -> record.transaction().isEmpty())
                .map(WrittenGroupRecord::record).toList();
    }

    private List<WrittenGroupRecord> written() {
        return chain.state().groupShard(SHARD).records();
    }

    private <T> T propose(Proposal<T> proposal) {
        Decision.Accepted<T> decision = (Decision.Accepted<T>) proposal.decide(chain.state(), 0);
        chain.append(decision.event());
        return decision.answer();
    }

    private void assertRefused(Proposal<?> proposal, Class<? extends LogException> reason) {
        assertThat(proposal.decide(chain.state(), 0)).isInstanceOfSatisfying(
                Decision.Refused.class, refused -> assertThat(refused.reason())
                        .isInstanceOf(reason));
    }

    private static GroupRecord record(String key, String value) {
        return GroupRecord.copyOf(bytes(key), Optional.of(bytes(value)));
    }

    private static GroupRecord gone(String key) {
        return GroupRecord.copyOf(bytes(key), Optional.empty());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
