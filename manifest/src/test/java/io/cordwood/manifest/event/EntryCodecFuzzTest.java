package io.cordwood.manifest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.GoldenFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where an entry should be is corrupt, or an entry that can be written alike. */
class EntryCodecFuzzTest {

    private static final long SEQUENCE = 7;
    private static final int BODY_LENGTH = 12;
    private static final int BODY = 20;

    static Stream<Arguments> seeds() {
        byte[] golden = Bytes.of(new GoldenFile("entry-v1.bin").bytes()).copy().array();
        byte[] administrators = Bytes.of(new GoldenFile("entry-administrators-v1.bin").bytes())
                .copy().array();
        return Stream.concat(
                Stream.of(arguments(named("every kind of event", golden)),
                        arguments(named("what administrators do", administrators)),
                        arguments(named("a segment that is cut",
                                Arrays.copyOf(golden, golden.length - 29)))),
                Stream.of(2L, 3L, 5L, 8L)
                        .map(seed -> arguments(named("events of seed " + seed, entry(seed)))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsWrittenAlike(byte[] input) {
        judge(ByteBuffer.wrap(input));
        if (input.length >= BODY) {
            judge(sealed(input));
        }
    }

    private static void judge(ByteBuffer bytes) {
        ByteBuffer untouched = bytes.duplicate();
        AllocationBound bound = new AllocationBound((1 << 20) + 64L * bytes.remaining());

        Optional<StoredEntry> entry = bound.hold(() -> decode(bytes));

        assertThat(bytes).isEqualTo(untouched);
        entry.ifPresent(read -> assertWrittenAlike(bytes, read));
    }

    private static void assertWrittenAlike(ByteBuffer bytes, StoredEntry read) {
        int inlineLength = bytes.remaining() - read.inlinePosition();
        Bytes inline = Bytes.of(bytes.slice(read.inlinePosition(), inlineLength));

        EncodedEntry written = EntryCodec.encode(read.entry(), List.of(inline));

        assertThat(read.size()).isEqualTo(bytes.remaining());
        assertThat(EntryCodec.decode(SEQUENCE, written.bytes().copy())).isEqualTo(new StoredEntry(
                read.entry(), written.inlinePosition(), written.bytes().size()));
        read.entry().events().stream().filter(SegmentCommitted.class::isInstance)
                .map(event -> ((SegmentCommitted) event).place())
                .filter(SegmentPlace.Inline.class::isInstance).map(SegmentPlace.Inline.class::cast)
                .forEach(place -> assertThat(place.index().end())
                        .isLessThanOrEqualTo(inlineLength - place.position()));
    }

    private static Optional<StoredEntry> decode(ByteBuffer bytes) {
        try {
            return Optional.of(EntryCodec.decode(SEQUENCE, bytes));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        }
    }

    /** The input with lengths and a checksum that fit. */
    private static ByteBuffer sealed(byte[] input) {
        ByteBuffer object = ByteBuffer.wrap(input.clone());
        int room = input.length - BODY;
        int bodyLength = Math.clamp(object.getInt(BODY_LENGTH), 0, room);
        object.putInt(BODY_LENGTH, bodyLength).putInt(BODY_LENGTH + Integer.BYTES,
                room - bodyLength);
        CRC32C crc = new CRC32C();
        crc.update(object.slice(BODY_LENGTH, input.length - BODY_LENGTH));
        return object.putInt(BODY_LENGTH - Integer.BYTES, (int) crc.getValue());
    }

    private static byte[] entry(long seed) {
        ManifestEntry random = EventSamples.random(new Random(seed));
        ManifestEntry.Head head = new ManifestEntry.Head(SEQUENCE, random.head().writer(),
                random.head().nonce(), 1, random.head().predecessor());
        return EntryCodec.encode(new ManifestEntry(head, random.writtenAt(), random.events()),
                List.of(Bytes.wrap(new byte[EventSamples.INLINE_SIZE]))).bytes().copy().array();
    }
}
