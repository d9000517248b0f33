package io.cordwood.store.object.s3;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static io.cordwood.store.object.StoreUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.cordwood.store.object.StoreUnderTest;
import io.cordwood.store.object.faultproxy.WireFault;
import io.cordwood.store.object.faultproxy.WireFault.Ending;
import io.cordwood.store.object.faultproxy.WirePolicy;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the store reports when the connection or the server fails, and what is then in the bucket.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3FaultTest implements StoreUnderTest {

    private static final ObjectKey KEY = new ObjectKey("manifest/log/7");

    private FaultyS3 s3;
    private S3ObjectStore faulty;
    private S3ObjectStore impatient;
    private S3ObjectStore sound;

    @BeforeAll
    void start() throws IOException {
        s3 = FaultyS3.start();
    }

    @BeforeEach
    void open() {
        S3Settings settings = s3.fresh();
        faulty = FaultyS3.open(settings);
        impatient = FaultyS3.open(settings.withBounds(FaultyS3.SHORT_ATTEMPTS));
        sound = FaultyS3.open(s3.past(settings));
        s3.methods();
    }

    @AfterEach
    void close() {
        s3.proxy().policy(WirePolicy.none());
        faulty.close();
        impatient.close();
        sound.close();
    }

    @AfterAll
    void stop() throws IOException {
        s3.close();
    }

    /** The store past the faults, to see what is in the bucket. */
    @Override
    public ObjectStore store() {
        return sound;
    }

    static Stream<WireFault> faultsAfterLanding() {
        return Stream.of(new WireFault.LandedThenReset(), new WireFault.LandedThenStatus(500),
                new WireFault.LandedThenStatus(503));
    }

    static Stream<WireFault> faultsBeforeLanding() {
        return Stream.of(new WireFault.ResetBefore(), new WireFault.ResetWithin(2),
                new WireFault.Rejected(500), new WireFault.Rejected(503),
                new WireFault.Rejected(409),
                new WireFault.Rejected(429));
    }

    @ParameterizedTest
    @MethodSource("faultsAfterLanding")
    void aConditionalWriteThatLandedWithoutAnAnswerIsUnknownAndOurs(WireFault fault) {
        s3.proxy().policy(WirePolicy.next(fault));

        PutOutcome outcome = settled(faulty.putIfAbsent(KEY, bytes("ours")));

        assertThat(outcome).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(stored(KEY)).isEqualTo("ours");
        assertThat(s3.methods()).containsExactly("PUT");
    }

    @ParameterizedTest
    @MethodSource("faultsBeforeLanding")
    void aConditionalWriteThatDidNotLandIsUnknownAndNeverRepeated(WireFault fault) {
        s3.proxy().policy(WirePolicy.next(fault));

        PutOutcome outcome = settled(faulty.putIfAbsent(KEY, bytes("ours")));

        assertThat(outcome).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(stored(KEY)).isEqualTo("(absent)");
        assertThat(s3.methods()).containsExactly("PUT");
    }

    @Test
    void aConditionalWriteThatFindsAnotherIsToldSo() {
        given("manifest/log/7", "theirs");

        assertThat(settled(faulty.putIfAbsent(KEY, bytes("ours"))))
                .isEqualTo(new PutOutcome.Exists());
        assertThat(stored(KEY)).isEqualTo("theirs");
        assertThat(s3.methods()).containsExactly("PUT");
    }

    @ParameterizedTest
    @MethodSource("faultsAfterLanding")
    void aPutIsRepeatedUntilItIsAnswered(WireFault fault) {
        s3.proxy().policy(WirePolicy.next(fault));

        settled(faulty.put(KEY, bytes("ours")));

        assertThat(stored(KEY)).isEqualTo("ours");
    }

    @Test
    void aPutIsRepeatedWithItsWholeBody() {
        s3.proxy()
                .policy(WirePolicy.next(new WireFault.ResetWithin(5), new WireFault.Rejected(500)));

        settled(faulty.put(KEY, bytes("0123456789")));

        assertThat(stored(KEY)).isEqualTo("0123456789");
        assertThat(s3.methods()).containsExactly("PUT", "PUT", "PUT");
    }

    @Test
    void writesThatAreNeverAnsweredAreUnknown() {
        s3.proxy().policy(WirePolicy.always(new WireFault.LandedThenReset()));

        assertThatThrownBy(() -> settled(faulty.put(KEY, bytes("ours"))))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("write manifest/log/7")
                .hasMessageContaining("s3://cordwood/");
        assertThat(stored(KEY)).isEqualTo("ours");
        assertThatThrownBy(() -> settled(faulty.delete(KEY)))
                .isInstanceOf(UnknownOutcomeException.class);
        assertThat(stored(KEY)).isEqualTo("(absent)");
    }

    @Test
    void aRefusalAfterAnUnansweredAttemptIsStillUnknown() {
        s3.proxy().policy(
                WirePolicy.next(new WireFault.LandedThenReset(), new WireFault.Rejected(403)));

        assertThatThrownBy(() -> settled(faulty.put(KEY, bytes("ours"))))
                .isInstanceOf(UnknownOutcomeException.class);
        assertThat(stored(KEY)).isEqualTo("ours");
    }

    @Test
    void aRefusalSaysWhatToCheck() {
        s3.proxy().policy(WirePolicy.always(new WireFault.Rejected(403)));

        assertThatThrownBy(() -> settled(faulty.putIfAbsent(KEY, bytes("ours"))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("write manifest/log/7")
                .hasMessageContaining("403 AccessDenied")
                .hasMessageContaining("check the credentials");
        assertThatThrownBy(() -> settled(faulty.put(KEY, bytes("ours"))))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> settled(faulty.read(KEY, 10)))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> settled(faulty.delete(KEY)))
                .isInstanceOf(UnavailableException.class);
        assertThat(stored(KEY)).isEqualTo("(absent)");
    }

    static Stream<WireFault> cuts() {
        return Stream.of(0L, 5L, 9L).flatMap(bytes -> Stream.of(Ending.values())
                .map(ending -> new WireFault.Truncated(bytes, ending)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aBodyThatWasCutIsAskedForAgain(WireFault cut) {
        given("manifest/log/7", "0123456789");

        s3.proxy().policy(WirePolicy.next(cut));
        assertThat(text(settled(faulty.read(KEY, 100)).orElseThrow())).isEqualTo("0123456789");
        s3.proxy().policy(WirePolicy.next(cut));
        assertThat(text(settled(faulty.get(KEY, new ByteRange(0, 10))))).isEqualTo("0123456789");

        assertThat(s3.methods()).containsExactly("GET", "GET", "GET", "GET");
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aBodyThatIsAlwaysCutIsNeverReturnedShort(WireFault cut) {
        given("manifest/log/7", "0123456789");
        s3.proxy().policy(WirePolicy.always(cut));

        assertThatThrownBy(() -> settled(faulty.read(KEY, 100)))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> settled(faulty.get(KEY, new ByteRange(0, 10))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("read manifest/log/7");
    }

    @Test
    void readsAreRepeatedUntilTheyAreAnswered() {
        given("manifest/log/7", "0123456789");
        s3.proxy().policy(
                WirePolicy.next(new WireFault.Rejected(500), new WireFault.ResetBefore()));

        assertThat(text(settled(faulty.get(KEY, new ByteRange(8, 9))))).isEqualTo("89");
        assertThat(s3.methods()).containsExactly("GET", "GET", "GET");
    }

    @Test
    void aConditionalWriteThatIsNeverAnsweredIsUnknown() {
        s3.proxy().policy(WirePolicy.next(new WireFault.LandedThenHang()));

        assertThat(settled(impatient.putIfAbsent(KEY, bytes("ours"))))
                .isInstanceOf(PutOutcome.Unknown.class);
        assertThat(s3.methods()).containsExactly("PUT");
    }

    @Test
    void whatIsNeverAnsweredIsAskedAgain() {
        s3.proxy().policy(WirePolicy.next(new WireFault.LandedThenHang()));
        settled(impatient.put(KEY, bytes("ours")));
        s3.proxy().policy(WirePolicy.next(new WireFault.LandedThenHang()));
        assertThat(settled(impatient.list(Listing.of(""))).objects()).hasSize(1);

        assertThat(s3.methods()).startsWith("PUT", "PUT").endsWith("GET", "GET");
    }

    @Test
    void aReadThatStallsIsCutShortHoweverLargeItMayBe() {
        given("manifest/log/7", "0123456789");
        s3.proxy().policy(WirePolicy.next(new WireFault.LandedThenHang()));

        assertThat(settled(impatient.read(KEY, Integer.MAX_VALUE)).map(StoreUnderTest::text))
                .contains("0123456789");
    }

    @Test
    void closingEndsWhatIsInFlight() {
        s3.proxy().policy(WirePolicy.always(new WireFault.LandedThenHang()));
        Future<PutOutcome> conditional = impatient.putIfAbsent(KEY, bytes("ours"));
        Future<Void> put = impatient.put(KEY, bytes("ours"));
        Future<Optional<ByteBuffer>> read = impatient.read(KEY, 10);

        impatient.close();

        assertThat(settled(conditional)).isInstanceOf(PutOutcome.Unknown.class);
        assertThatThrownBy(() -> settled(put)).isInstanceOf(UnknownOutcomeException.class);
        assertThatThrownBy(() -> settled(read)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aSlowConnectionStillServes() {
        given("manifest/log/7", "x".repeat(100_000));
        s3.proxy().policy(WirePolicy.always(new WireFault.Slow(1 << 20)));

        assertThat(settled(faulty.read(KEY, 100_000)).orElseThrow().remaining()).isEqualTo(100_000);
    }
}
