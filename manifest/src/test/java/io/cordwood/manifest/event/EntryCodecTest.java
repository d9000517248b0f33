package io.cordwood.manifest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.cordwood.manifest.proto.Entry;
import io.cordwood.manifest.proto.Event;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.GoldenFile;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentIndex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private static final GoldenFile GOLDEN = new GoldenFile("entry-v1.bin");
    private static final GoldenFile GOLDEN_GROUPS = new GoldenFile("entry-groups-v1.bin");
    private static final GoldenFile GOLDEN_PRODUCERS = new GoldenFile("entry-producers-v1.bin");
    private static final GoldenFile GOLDEN_TRANSACTIONS = new GoldenFile(
            "entry-transactions-v1.bin");
    private static final GoldenFile GOLDEN_ADMINISTRATORS = new GoldenFile(
            "entry-administrators-v1.bin");
    private static final GoldenFile GOLDEN_INDEXER = new GoldenFile("entry-indexer-v1.bin");
    private static final GoldenFile GOLDEN_CONVERSION = new GoldenFile("entry-conversion-v1.bin");
    private static final GoldenFile GOLDEN_COMPACTION = new GoldenFile("entry-compaction-v1.bin");
    private static final GoldenFile GOLDEN_OTHERS = new GoldenFile("entry-others-v1.bin");
    private static final GoldenFile GOLDEN_UPLOADS = new GoldenFile("entry-uploads-v1.bin");
    private static final GoldenFile GOLDEN_NODES = new GoldenFile("entry-nodes-v1.bin");
    private static final GoldenFile GOLDEN_TABLES = new GoldenFile("entry-tables-v1.bin");
    private static final long SEQUENCE = 7;

    private final Segment segment = SegmentForge.segment(new UUID(9, 9),
            List.of(new PartitionId(EventSamples.TOPIC, 1)), 4);
    private final ManifestEntry entry = EventSamples.everyKind(segment.index());
    private final ByteBuffer good = EntryCodec.encode(entry, List.of(segment.bytes())).bytes()
            .copy();

    @Test
    void anEntryOfNodesIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofNodes = EventSamples.ofNodes();

        GOLDEN_NODES.assertIsWrittenToday(EntryCodec.encode(ofNodes, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofNodes.sequence(), GOLDEN_NODES.bytes()).entry())
                .isEqualTo(ofNodes);
    }

    @Test
    void anEntryOfACompactionIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofCompaction = EventSamples.ofCompaction();

        GOLDEN_COMPACTION.assertIsWrittenToday(
                EntryCodec.encode(ofCompaction, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofCompaction.sequence(), GOLDEN_COMPACTION.bytes()).entry())
                .isEqualTo(ofCompaction);
    }

    @Test
    void whoProposedWhatIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofOthers = EventSamples.ofOthers();

        GOLDEN_OTHERS.assertIsWrittenToday(
                EntryCodec.encode(ofOthers, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofOthers.sequence(), GOLDEN_OTHERS.bytes()).entry())
                .isEqualTo(ofOthers);
    }

    @Test
    void anEntryThatGivesUploadsUpIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofUploads = EventSamples.ofUploads();

        GOLDEN_UPLOADS.assertIsWrittenToday(
                EntryCodec.encode(ofUploads, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofUploads.sequence(), GOLDEN_UPLOADS.bytes()).entry())
                .isEqualTo(ofUploads);
    }

    @Test
    void anEntryWithEveryKindOfEventIsWrittenAsItEverWas() {
        GOLDEN.assertIsWrittenToday(good);
    }

    @Test
    void whatProducersLeaveInAnEntryIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofProducers = EventSamples.ofProducers();

        GOLDEN_PRODUCERS.assertIsWrittenToday(
                EntryCodec.encode(ofProducers, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofProducers.sequence(), GOLDEN_PRODUCERS.bytes()).entry())
                .isEqualTo(ofProducers);
    }

    @Test
    void whatTransactionsLeaveInAnEntryIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofTransactions = EventSamples.ofTransactions(segment.index());

        GOLDEN_TRANSACTIONS.assertIsWrittenToday(
                EntryCodec.encode(ofTransactions, List.of(segment.bytes())).bytes().copy());
        assertThat(EntryCodec.decode(ofTransactions.sequence(), GOLDEN_TRANSACTIONS.bytes())
                .entry()).isEqualTo(ofTransactions);
    }

    @Test
    void whatGroupsLeaveInAnEntryIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofGroups = EventSamples.ofGroups();

        GOLDEN_GROUPS.assertIsWrittenToday(
                EntryCodec.encode(ofGroups, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofGroups.sequence(), GOLDEN_GROUPS.bytes()).entry())
                .isEqualTo(ofGroups);
    }

    @Test
    void whatAdministratorsLeaveInAnEntryIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofAdministrators = EventSamples.ofAdministrators();

        GOLDEN_ADMINISTRATORS.assertIsWrittenToday(
                EntryCodec.encode(ofAdministrators, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofAdministrators.sequence(), GOLDEN_ADMINISTRATORS.bytes())
                .entry()).isEqualTo(ofAdministrators);
    }

    @Test
    void anEntryOfTheIndexerIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofTheIndexer = EventSamples.ofTheIndexer();

        GOLDEN_INDEXER.assertIsWrittenToday(
                EntryCodec.encode(ofTheIndexer, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofTheIndexer.sequence(), GOLDEN_INDEXER.bytes()).entry())
                .isEqualTo(ofTheIndexer);
    }

    @Test
    void anEntryOfTheConversionIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofTheConversion = EventSamples.ofTheConversion();

        GOLDEN_CONVERSION.assertIsWrittenToday(
                EntryCodec.encode(ofTheConversion, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofTheConversion.sequence(), GOLDEN_CONVERSION.bytes())
                .entry()).isEqualTo(ofTheConversion);
    }

    @Test
    void anEntryOfThePublisherIsWrittenAndReadAsItEverWas() {
        ManifestEntry ofThePublisher = EventSamples.ofThePublisher();

        GOLDEN_TABLES.assertIsWrittenToday(
                EntryCodec.encode(ofThePublisher, List.of()).bytes().copy());
        assertThat(EntryCodec.decode(ofThePublisher.sequence(), GOLDEN_TABLES.bytes()).entry())
                .isEqualTo(ofThePublisher);
    }

    @Test
    void anEntryWithEveryKindOfEventIsReadAsItEverWas() {
        ByteBuffer object = GOLDEN.bytes();

        StoredEntry stored = EntryCodec.decode(SEQUENCE, object);

        assertThat(stored.entry()).isEqualTo(entry);
        assertThat(stored.size()).isEqualTo(object.remaining());
        ByteBuffer inline = object.slice(stored.inlinePosition(), segment.bytes().size());
        assertThat(SegmentIndex.verify(inline).runs()).isEqualTo(segment.runs());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            ManifestEntry written = EventSamples.random(random);
            Bytes inline = Bytes.wrap(
                    new byte[random.nextInt(EventSamples.INLINE_SIZE,
                            2 * EventSamples.INLINE_SIZE)]);

            EncodedEntry encoded = EntryCodec.encode(written, List.of(inline, inline));
            StoredEntry read = EntryCodec.decode(written.sequence(), encoded.bytes().copy());

            assertThat(read).as("seed %d", seed).isEqualTo(new StoredEntry(written,
                    encoded.inlinePosition(), encoded.bytes().size()));
            assertThat(read.size() - read.inlinePosition()).as("seed %d", seed)
                    .isEqualTo(2 * inline.size());
        }
    }

    @Test
    void everyFlippedBitIsFound() {
        for (int position = 0; position < good.remaining(); position++) {
            for (int bit = 0; bit < 8; bit++) {
                ByteBuffer damaged = copy(good);
                damaged.put(position, (byte) (damaged.get(position) ^ (1 << bit)));

                assertCorrupt(SEQUENCE, damaged);
            }
        }
    }

    @Test
    void everyCutIsFoundAndSoIsWhatFollows() {
        for (int size = 0; size < good.remaining(); size++) {
            assertCorrupt(SEQUENCE, good.slice(0, size));
        }
        assertCorrupt(SEQUENCE, ByteBuffer.allocate(good.remaining() + 1).put(good.duplicate())
                .rewind());
    }

    @Test
    void anEntryUnderAnotherNumberIsNotThatEntry() {
        assertCorrupt(SEQUENCE + 1, good);
    }

    @Test
    void lengthsThatLieAreFound() {
        for (int field : new int[]{12, 16}) {
            for (int lie : new int[]{-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0}) {
                ByteBuffer lying = copy(good);
                lying.putInt(field, lie);

                assertCorrupt(SEQUENCE, sealed(lying));
            }
        }
    }

    @Test
    void anEventOfANewerVersionIsRefusedLoudly() {
        Event unknown = Event.newBuilder().setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build()).build())
                .build();
        Entry proto = EventCodec.toProto(entry).toBuilder().addEvents(unknown).build();

        assertThatThrownBy(() -> EntryCodec.decode(SEQUENCE, object(proto)))
                .isInstanceOf(CorruptException.class).hasMessageContaining("newer");
    }

    @Test
    void aFormatOfANewerVersionIsRefusedLoudly() {
        ByteBuffer newer = copy(good);
        newer.putShort(4, (short) 2);

        assertThatThrownBy(() -> EntryCodec.decode(SEQUENCE, sealed(newer)))
                .isInstanceOf(CorruptException.class).hasMessageContaining("version");
    }

    @Test
    void valuesThatNoEventCanHaveAreRefused() {
        Entry proto = EventCodec.toProto(entry);
        List<Entry> bad = List.of(
                proto.toBuilder().setSequence(-7).build(),
                proto.toBuilder().setEpoch(0).build(),
                proto.toBuilder().clearNonce().build(),
                changed(proto, 1, event -> event.getTopicCreatedBuilder().setPartitions(0)),
                changed(proto, 1, event -> event.getTopicCreatedBuilder().setPartitions(-1)),
                changed(proto, 1, event -> event.getTopicCreatedBuilder().setName("a/b")),
                changed(proto, 2, event -> event.getSegmentCommittedBuilder().setNumber(0)),
                changed(proto, 2, event -> event.getSegmentCommittedBuilder().clearSegment()),
                changed(proto, 2, event -> event.getSegmentCommittedBuilder().getSegmentBuilder()
                        .clearPlace()),
                changed(proto, 2, event -> event.getSegmentCommittedBuilder().getRunsBuilder(0)
                        .setLength(-1)),
                changed(proto, 2, event -> event.getSegmentCommittedBuilder().getRunsBuilder(0)
                        .setPartition(-1)),
                changed(proto, 3, event -> event.getSegmentCommittedBuilder().getSegmentBuilder()
                        .setInlinePosition(-1)),
                changed(proto, 3, event -> event.getSegmentCommittedBuilder().getSegmentBuilder()
                        .setInlinePosition(segment.bytes().size())),
                changed(proto, 3, event -> event.getSegmentCommittedBuilder().clearRuns()));

        assertThat(EntryCodec.decode(SEQUENCE, object(proto)).entry()).isEqualTo(entry);

        for (Entry entry : bad) {
            assertCorrupt(SEQUENCE, object(entry));
        }
    }

    @Test
    void anEntryWithoutTheSegmentThatItPointsToIsNotWritten() {
        List<Bytes> cut = List.of(Bytes.of(segment.bytes().copy()
                .limit((int) segment.index().end() - 1)));

        assertThatThrownBy(() -> EntryCodec.encode(entry, cut)).isInstanceOf(AssertionError.class);
    }

    @Test
    void anEntryThatNobodyCouldReadIsNotWritten() {
        Bytes large = Bytes.wrap(new byte[16 << 20]);
        List<Bytes> inline = List.of(large, large, large, large);

        assertThatThrownBy(() -> EntryCodec.encode(entry, inline))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theInlineIndexLiesInTheSegment() {
        assertThat(segment.index())
                .isEqualTo(new ByteRange(32L + segment.runs().getFirst().length(),
                        segment.index().length()));
    }

    private static Entry changed(Entry proto, int event,
            Consumer<Event.Builder> change) {
        Entry.Builder builder = proto.toBuilder();
        change.accept(builder.getEventsBuilder(event));
        return builder.build();
    }

    /** The object of an entry whatever its body says. */
    private ByteBuffer object(Entry proto) {
        byte[] body = proto.toByteArray();
        int inlineSize = segment.bytes().size();
        return sealed(ByteBuffer.allocate(20 + body.length + inlineSize)
                .put("CWME".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1)
                .putShort((short) 0).putInt(0).putInt(body.length).putInt(inlineSize).put(body)
                .put(segment.bytes().copy()).flip());
    }

    private static ByteBuffer sealed(ByteBuffer object) {
        CRC32C crc = new CRC32C();
        crc.update(object.slice(12, object.remaining() - 12));
        return object.putInt(8, (int) crc.getValue());
    }

    private static void assertCorrupt(long sequence, ByteBuffer object) {
        assertThatThrownBy(() -> EntryCodec.decode(sequence, object))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("manifest entry " + sequence);
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
