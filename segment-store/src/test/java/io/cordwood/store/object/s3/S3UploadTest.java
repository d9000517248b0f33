package io.cordwood.store.object.s3;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.StoreUnderTest;
import io.cordwood.store.object.faultproxy.WireFault;
import io.cordwood.store.object.faultproxy.WirePolicy;
import io.cordwood.store.object.faultproxy.WireRequest;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is streamed goes in parts, and none is left where that fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3UploadTest implements StoreUnderTest {

    private static final ObjectKey KEY = new ObjectKey("segments/7");
    private static final Bytes PART = Bytes.wrap(new byte[S3Upload.PART_BYTES]);
    private static final Bytes END = bytes("end");

    private FaultyS3 s3;
    private S3ObjectStore faulty;
    private S3ObjectStore sound;

    @BeforeAll
    void start() throws IOException {
        s3 = FaultyS3.start();
    }

    @BeforeEach
    void open() {
        S3Settings settings = s3.fresh();
        faulty = FaultyS3.open(settings);
        sound = FaultyS3.open(s3.past(settings));
        s3.methods();
    }

    @AfterEach
    void close() {
        s3.proxy().policy(WirePolicy.none());
        faulty.close();
        sound.close();
    }

    @AfterAll
    void stop() throws IOException {
        s3.close();
    }

    @Override
    public ObjectStore store() {
        return sound;
    }

    @Test
    void aSmallStreamIsOneRequest() {
        settled(faulty.putStream(KEY, ByteSource.of(List.of(bytes("a"), bytes("b")))));

        assertThat(s3.methods()).containsExactly("PUT");
        assertThat(stored(KEY)).isEqualTo("ab");
    }

    @Test
    void aLargeOneGoesInPartsThatAreRepeatedWhereThatMayHelp() {
        s3.proxy().policy(first(S3UploadTest::isPart, new WireFault.ResetWithin(5)));

        settled(faulty.putStream(KEY, ByteSource.of(List.of(PART, PART, END))));

        assertThat(s3.methods()).startsWith("POST").endsWith("POST").hasSize(1 + 3 + 1 + 1);
        assertThat(settled(sound.get(KEY, new ByteRange(2 * S3Upload.PART_BYTES, 10))))
                .isEqualTo(END.copy());
    }

    @Test
    void whereAPartIsRefusedNothingIsWrittenAndThePartsAreGivenUp() {
        s3.proxy().policy(when(S3UploadTest::isPart, new WireFault.Rejected(403)));

        assertThatThrownBy(() -> settled(
                faulty.putStream(KEY, ByteSource.of(List.of(PART, PART, END)))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("write segments/7")
                .hasMessageContaining("check the credentials");

        assertThat(s3.methods()).endsWith("DELETE");
        assertThat(stored(KEY)).isEqualTo("(absent)");
    }

    @Test
    void whereAPartIsNeverAnsweredNothingIsWritten() {
        s3.proxy().policy(when(S3UploadTest::isPart, new WireFault.LandedThenReset()));

        assertThatThrownBy(() -> settled(
                faulty.putStream(KEY, ByteSource.of(List.of(PART, END)))))
                .isInstanceOf(UnavailableException.class);

        assertThat(s3.methods()).endsWith("DELETE");
    }

    @Test
    void whereTheSourceFailsThePartsAreGivenUp() {
        AtomicInteger pieces = new AtomicInteger();
        ByteSource source = () -> pieces.incrementAndGet() < 3
                ? Future.succeededFuture(Optional.of(PART))
                : Future.failedFuture(new UnavailableException("no more"));

        assertThatThrownBy(() -> settled(faulty.putStream(KEY, source))).hasMessage("no more");

        assertThat(s3.methods()).endsWith("DELETE");
        assertThat(stored(KEY)).isEqualTo("(absent)");
    }

    @Test
    void whereTheEndIsNeverAnsweredTheOutcomeIsUnknown() {
        s3.proxy().policy(when(S3UploadTest::isCompletion, new WireFault.LandedThenReset()));

        assertThatThrownBy(() -> settled(
                faulty.putStream(KEY, ByteSource.of(List.of(PART, END)))))
                .isInstanceOf(UnknownOutcomeException.class);

        assertThat(settled(sound.get(KEY, new ByteRange(S3Upload.PART_BYTES, 3))))
                .isEqualTo(END.copy());
    }

    @Test
    void noMoreIsTakenFromTheSourceThanAFewParts() {
        AtomicInteger pieces = new AtomicInteger();
        s3.proxy().policy(when(S3UploadTest::isPart, new WireFault.LandedThenHang()));

        Future<Void> never = faulty.putStream(KEY, () -> {
            pieces.incrementAndGet();
            return Future.succeededFuture(Optional.of(PART));
        });
        while (s3.proxy().requests().stream().filter(S3UploadTest::isPart).count() < 4) {
            Thread.onSpinWait();
        }

        assertThat(pieces).hasValue(4);
        assertThat(never.isComplete()).isFalse();
    }

    private static boolean isPart(WireRequest request) {
        return request.method().equals("PUT") && request.path().contains("partNumber=");
    }

    private static boolean isCompletion(WireRequest request) {
        return request.method().equals("POST") && request.path().contains("uploadId=");
    }

    private static WirePolicy when(Predicate<WireRequest> suffers, WireFault fault) {
        return request -> suffers.test(request) ? fault : new WireFault.Pass();
    }

    private static WirePolicy first(Predicate<WireRequest> suffers, WireFault fault) {
        AtomicInteger seen = new AtomicInteger();
        return request -> suffers.test(request) && seen.incrementAndGet() == 1
                ? fault
                : new WireFault.Pass();
    }
}
