package io.cordwood.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys are listed once each, in the order of their bytes, in pages. */
public interface ListContract extends StoreUnderTest {

    @Test
    default void keysAreListedInTheOrderOfTheirBytesAcrossSlashes() {
        List<String> ordered = List.of("a-b", "a-b.c", "a.d/z", "a/A/2", "a/b", "a/b-1", "a/b.1/x",
                "a0", "aB", "a_b", "ab/c/d", "ab/c0", "b");
        ordered.reversed().forEach(key -> given(key, key));

        assertThat(keys("", 1_000)).isEqualTo(ordered);
    }

    @Test
    default void pagesOfAnySizeGiveTheSameKeys() {
        List<String> ordered = List.of("a-b", "a/A/2", "a/b", "a/b-1", "a0", "ab/c");
        ordered.forEach(key -> given(key, "x"));

        for (int keysMax = 1; keysMax <= 7; keysMax++) {
            assertThat(keys("", keysMax)).isEqualTo(ordered);
        }
    }

    @Test
    default void aPrefixNeedNotEndAtASlash() {
        List.of("m/log/09", "m/log/10", "m/log/11", "m/log/2", "m/logs", "m/lo")
                .forEach(key -> given(key, ""));

        assertThat(keys("m/log/1", 10)).containsExactly("m/log/10", "m/log/11");
        assertThat(keys("m/log", 10)).containsExactly("m/log/09", "m/log/10", "m/log/11", "m/log/2",
                "m/logs");
        assertThat(keys("m/log/11", 10)).containsExactly("m/log/11");
        assertThat(keys("m/log/3", 10)).isEmpty();
        assertThat(keys("m/log/10/x", 10)).isEmpty();
        assertThat(keys("../m", 10)).isEmpty();
    }

    @Test
    default void aListingBeginsAfterTheKeyWhetherItIsThereOrNot() {
        List.of("a/1", "a/2", "a/3", "b/1").forEach(key -> given(key, ""));

        assertThat(after("a/", "a/1")).containsExactly("a/2", "a/3");
        assertThat(after("a/", "a/1x")).containsExactly("a/2", "a/3");
        assertThat(after("a/", "0")).containsExactly("a/1", "a/2", "a/3");
        assertThat(after("a/", "a")).containsExactly("a/1", "a/2", "a/3");
        assertThat(after("a/", "a/3")).isEmpty();
        assertThat(after("a/", "b")).isEmpty();
        assertThat(after("", "a/2/x")).containsExactly("a/3", "b/1");
    }

    @Test
    default void aPageIsTheLastWhenNothingFollows() {
        List.of("a/1", "a/2", "a/3", "b/1").forEach(key -> given(key, ""));

        assertThat(settled(store().list(new Listing("a/", "", 2))).last()).isFalse();
        assertThat(settled(store().list(new Listing("a/", "", 3))).last()).isTrue();
        assertThat(settled(store().list(new Listing("a/", "a/1", 2))).last()).isTrue();
        assertThat(settled(store().list(Listing.of("c"))).last()).isTrue();
    }

    @Test
    default void aListingTellsSizesAndTimes() {
        given("a/1", "12345");
        given("a/2", "");

        List<ObjectPage.Entry> objects = settled(store().list(Listing.of("a/"))).objects();

        assertThat(objects).extracting(ObjectPage.Entry::size).containsExactly(5L, 0L);
        assertThat(objects)
                .allSatisfy(entry -> assertThat(entry.modified()).isAfter(Instant.EPOCH));
        assertThat(objects.getLast().modified()).isAfterOrEqualTo(objects.getFirst().modified());
    }

    @Test
    default void whatIsDeletedIsNotListed() {
        ObjectKey gone = given("a/1", "");
        given("a/2", "");

        settled(store().delete(gone));

        assertThat(keys("", 10)).containsExactly("a/2");
    }

    private List<String> after(String prefix, String after) {
        return settled(store().list(new Listing(prefix, after, 100))).objects().stream()
                .map(entry -> entry.key().value()).toList();
    }
}
