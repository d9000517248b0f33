package io.cordwood.store.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BucketLayoutTest {

    @Test
    void theOrderOfKeysIsTheOrderOfNumbers() {
        List<Long> numbers = new ArrayList<>(List.of(1L, 2L, 9L, 10L, 11L, 99L, 100L, 1_000_000L,
                Long.MAX_VALUE - 1, Long.MAX_VALUE));
        Random random = new Random(1);
        for (int bits = 1; bits < 63; bits++) {
            numbers.add(random.nextLong(1L << bits));
        }

        List<ObjectKey> sorted = numbers.stream().map(BucketLayout::logEntry).sorted().toList();

        assertThat(sorted).extracting(BucketLayout::sequence)
                .containsExactlyElementsOf(numbers.stream().sorted().toList());
        assertThat(numbers).extracting(BucketLayout::checkpoint).extracting(BucketLayout::sequence)
                .containsExactlyElementsOf(numbers);
    }

    @Test
    void keysAreSpelledAsTheyEverWere() {
        assertThat(BucketLayout.CLUSTER).hasToString("cluster");
        assertThat(BucketLayout.boundary(42))
                .hasToString("manifest/boundary/00000000000000000042");
        assertThat(BucketLayout.logEntry(42)).hasToString("manifest/log/00000000000000000042");
        assertThat(BucketLayout.checkpoint(42))
                .hasToString("manifest/checkpoint/00000000000000000042");
        assertThat(BucketLayout.segment(UUID.fromString("c0ffee00-0000-4000-8000-000000000001")))
                .hasToString("segments/c0/c0ffee00-0000-4000-8000-000000000001");
        assertThat(new DataObject.History(new UUID(1, 2), new UUID(3, 4)).key())
                .hasToString("history/00000000-0000-0001-0000-000000000002/data/"
                        + "00000000-0000-0003-0000-000000000004.parquet");
        assertThat(table(DataObject.Table.METADATA)).hasToString(
                "history/00000000-0000-0001-0000-000000000002/metadata/"
                        + "00000000-0000-0003-0000-000000000004.metadata.json");
        assertThat(table(DataObject.Table.MANIFEST_LIST)).hasToString(
                "history/00000000-0000-0001-0000-000000000002/metadata/"
                        + "00000000-0000-0003-0000-000000000004-list.avro");
        assertThat(table(DataObject.Table.MANIFESTS + 1)).hasToString(
                "history/00000000-0000-0001-0000-000000000002/metadata/"
                        + "00000000-0000-0003-0000-000000000004-m1.avro");
    }

    private static ObjectKey table(int piece) {
        return new DataObject.Table(new UUID(1, 2), new UUID(3, 4), piece).key();
    }

    @Test
    void keysAreSpelledTheSameWhateverLanguageThePersonSpeaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertThat(BucketLayout.logEntry(7)).hasToString("manifest/log/00000000000000000007");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void onlyAKeyAsItIsSpelledIsTheKeyOfAnObjectWithRecords() {
        UUID id = UUID.fromString("c0ffee00-0000-4000-8000-000000000001");
        List<DataObject> objects = List.of(new DataObject.Segment(id),
                new DataObject.History(new UUID(1, 2), id));

        assertThat(objects).allSatisfy(
                object -> assertThat(BucketLayout.dataObject(object.key())).contains(object));
        assertThat(List.of("segments/read-me.txt", "segments/c1/" + id,
                "segments/c0/C0FFEE00-0-4000-8000-1", "segments/c0/" + id + ".parquet",
                "history/" + id + "/data/" + id, "history/" + id + "/metadata/" + id + ".parquet",
                "history/read-me.txt"))
                .allSatisfy(key -> assertThat(BucketLayout.dataObject(new ObjectKey(key)))
                        .isEmpty());
    }

    @Test
    void keysBeginWithTheirPrefix() {
        assertThat(BucketLayout.logEntry(1).value()).startsWith(BucketLayout.LOG_PREFIX);
        assertThat(BucketLayout.boundary(1).value()).startsWith(BucketLayout.BOUNDARY_PREFIX);
        assertThat(BucketLayout.checkpoint(1).value()).startsWith(BucketLayout.CHECKPOINT_PREFIX);
        assertThat(BucketLayout.segment(new UUID(1, 1)).value())
                .startsWith(BucketLayout.SEGMENT_PREFIX);
        assertThat(BucketLayout.history(new UUID(1, 1), new UUID(1, 1)).value())
                .startsWith(BucketLayout.HISTORY_PREFIX);
    }

    @Test
    void noKeyIsTheDirectoryOfAnother() {
        List<ObjectKey> keys = List.of(BucketLayout.CLUSTER, BucketLayout.boundary(1),
                BucketLayout.logEntry(1), BucketLayout.logEntry(10), BucketLayout.checkpoint(1),
                BucketLayout.segment(new UUID(1, 1)), BucketLayout.segment(new UUID(-1, 1)));

        for (ObjectKey key : keys) {
            assertThat(keys).noneMatch(other -> other.value().startsWith(key.value() + "/"));
        }
    }
}
