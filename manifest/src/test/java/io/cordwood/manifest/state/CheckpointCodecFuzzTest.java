package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cordwood.manifest.proto.Checkpoint;
import io.cordwood.manifest.proto.Config;
import io.cordwood.manifest.proto.ConfigScope;
import io.cordwood.manifest.proto.Partition;
import io.cordwood.manifest.proto.ScopedConfigs;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.GoldenFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where a checkpoint should be is corrupt, or a state of which all is true. */
class CheckpointCodecFuzzTest {

    private static final int CRC = 8;
    private static final int BODY = 12;
    private static final ByteBuffer GOLDEN = new GoldenFile("checkpoint-v1.bin").bytes();
    private static final long SEQUENCE = 4;

    static Stream<Arguments> seeds() throws InvalidProtocolBufferException {
        RandomHistory history = new RandomHistory(new Random(5));
        while (history.state().sequence() < SEQUENCE) {
            history.step();
        }
        return Stream.concat(
                Stream.of(arguments(named("as it ever was", Bytes.of(GOLDEN).copy().array())),
                        arguments(named("what administrators changed", Bytes.of(new GoldenFile(
                                "checkpoint-administrators-v1.bin").bytes()).copy().array())),
                        arguments(named("a random history",
                                CheckpointCodec.encode(history.state()).copy().array()))),
                finds());
    }

    /** What was not found to be corrupt once. */
    private static Stream<Arguments> finds() throws InvalidProtocolBufferException {
        Checkpoint golden = Checkpoint.parseFrom(
                GOLDEN.slice(BODY, GOLDEN.remaining() - BODY));
        return Stream.of(
                changed("a local WAL numbered 0", golden,
                        checkpoint -> checkpoint.getWalsBuilder(0).setNumber(0)),
                changed("a topic twice", golden,
                        checkpoint -> checkpoint.addTopics(checkpoint.getTopics(0))),
                changed("a topic without partitions", golden,
                        checkpoint -> checkpoint.getTopicsBuilder(0).clearPartitions()),
                changed("a run of no bytes", golden,
                        checkpoint -> partition(checkpoint, 0).setLength(0, 0)),
                changed("columns that differ in length", golden,
                        checkpoint -> partition(checkpoint, 1).addPosition(7)),
                changed("somebody's settings twice", golden,
                        checkpoint -> checkpoint.addConfigs(settings()).addConfigs(settings())),
                changed("a setting twice", golden,
                        checkpoint -> checkpoint.addConfigs(settings()
                                .addConfigs(Config.newBuilder().setName("a")))),
                changed("settings of nobody", golden,
                        checkpoint -> checkpoint.addConfigs(settings().clearScope())),
                changed("a partition that begins after its end", golden,
                        checkpoint -> partition(checkpoint, 0).setStartOffset(1 << 20)));
    }

    private static ScopedConfigs.Builder settings() {
        return ScopedConfigs.newBuilder().setScope(ConfigScope.newBuilder().setGroup("g"))
                .addConfigs(Config.newBuilder().setName("a"));
    }

    private static Partition.Builder partition(Checkpoint.Builder checkpoint, int partition) {
        return checkpoint.getTopicsBuilderList().stream()
                .filter(topic -> topic.getPartitionsCount() > 1).findFirst().orElseThrow()
                .getPartitionsBuilder(partition);
    }

    private static Arguments changed(String name, Checkpoint checkpoint,
            Consumer<Checkpoint.Builder> change) {
        Checkpoint.Builder changed = checkpoint.toBuilder();
        change.accept(changed);
        byte[] body = changed.build().toByteArray();
        return arguments(named(name, ByteBuffer.allocate(BODY + body.length)
                .put(GOLDEN.slice(0, BODY)).put(body).array()));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsAStateAndIsWrittenAlike(byte[] input) throws InvalidProtocolBufferException {
        judge(ByteBuffer.wrap(input));
        if (input.length >= BODY) {
            judge(sealed(input));
        }
    }

    private static void judge(ByteBuffer bytes) throws InvalidProtocolBufferException {
        ByteBuffer untouched = bytes.duplicate();
        AllocationBound bound = new AllocationBound((1 << 20) + 256L * bytes.remaining());

        Optional<ManifestState> state = bound.hold(() -> decode(bytes));

        assertThat(bytes).isEqualTo(untouched);
        if (state.isPresent()) {
            assertWrittenAlike(state.get());
            assertNothingLeftOut(state.get(),
                    Checkpoint.parseFrom(bytes.slice(BODY, bytes.remaining() - BODY)));
            state.get().topics().forEach(CheckpointCodecFuzzTest::assertRunsWithoutAGap);
        }
    }

    private static void assertWrittenAlike(ManifestState state) {
        ManifestState read = CheckpointCodec.decode(SEQUENCE, CheckpointCodec.encode(state).copy());

        assertThat(StateView.of(read)).isEqualTo(StateView.of(state));
    }

    private static void assertNothingLeftOut(ManifestState state, Checkpoint written) {
        assertThat(state.topics()).hasSize(written.getTopicsCount());
        List<Object> configs = new ArrayList<>();
        state.configs().forEach((scope, its) -> configs.add(scope));
        assertThat(configs).hasSize(written.getConfigsCount());
        assertThat(state.wals()).hasSize(written.getWalsCount())
                .allSatisfy(wal -> assertThat(wal._2).isNotEqualTo(WalState.NEW));
        assertThat(state.topics()).allSatisfy(topic -> {
            assertThat(state.topic(topic.id())).contains(topic);
            assertThat(state.topic(topic.name())).contains(topic);
        });
    }

    private static void assertRunsWithoutAGap(TopicState topic) {
        for (int i = 0; i < topic.partitionCount(); i++) {
            PartitionState partition = topic.partition(i);
            assertThat(partition.startOffset()).isBetween(0L, partition.nextOffset());
            long end = partition.runCount() == 0
                    ? partition.nextOffset()
                    : partition.run(0).baseOffset();
            for (Run run : partition.runs()) {
                assertThat(run.baseOffset()).isEqualTo(end).isNotNegative();
                assertThat(run.segment().range(run.position(), run.length())).isNotNull();
                assertThat(run.endOffset()).isGreaterThan(end);
                end = run.endOffset();
            }
            assertThat(end).isEqualTo(partition.nextOffset());
        }
    }

    private static Optional<ManifestState> decode(ByteBuffer bytes) {
        try {
            return Optional.of(CheckpointCodec.decode(SEQUENCE, bytes));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        }
    }

    private static ByteBuffer sealed(byte[] input) {
        ByteBuffer object = ByteBuffer.wrap(input.clone());
        CRC32C crc = new CRC32C();
        crc.update(object.slice(BODY, input.length - BODY));
        return object.putInt(CRC, (int) crc.getValue());
    }
}
