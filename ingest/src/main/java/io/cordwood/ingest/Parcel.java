package io.cordwood.ingest;

import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.segment.Segment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A numbered segment, or the lack of one, on its way into the manifest. */
final class Parcel {

    /** How far it is. */
    enum Phase {
        /** Its upload has not begun. */
        SEALED,
        /** Its bytes are on their way into the bucket. */
        UPLOADING,
        /** It can be committed when those before it are with the committer. */
        READY,
        /** It is with the committer. */
        COMMITTING
    }

    private final long number;
    private final Promise<List<RunOutcome>> promise = Promise.promise();
    private Optional<Segment> segment;
    private Cargo cargo;
    private Phase phase;

    private Parcel(long number, Optional<Segment> segment, Cargo cargo, Phase phase) {
        this.number = number;
        this.segment = segment;
        this.cargo = cargo;
        this.phase = phase;
    }

    /** A segment to be committed under the number. A small one travels in the manifest entry. */
    static Parcel of(long number, Segment segment) {
        return segment.bytes().size() <= Cargo.INLINE_SIZE_MAX
                ? new Parcel(number, Optional.of(segment), new Cargo.Enclosed(segment), Phase.READY)
                : new Parcel(number, Optional.of(segment), Cargo.Uploaded.of(segment),
                        Phase.SEALED);
    }

    /** A number whose segment was lost before anybody was told of it. */
    static Parcel nothing(long number) {
        return new Parcel(number, Optional.empty(), new Cargo.Nothing(), Phase.READY);
    }

    long number() {
        return number;
    }

    /** The segment; none where there is nothing to commit under the number. */
    Optional<Segment> segment() {
        return segment;
    }

    Cargo cargo() {
        return cargo;
    }

    Phase phase() {
        return phase;
    }

    /** Its upload was given up: it begins again, under another id. */
    void renew(UUID id) {
        Segment renewed = segment.orElseThrow().withId(id);
        segment = Optional.of(renewed);
        cargo = Cargo.Uploaded.of(renewed);
        enter(Phase.SEALED);
    }

    void enter(Phase next) {
        Invariant.check(!promise.future().isComplete(), "what was delivered goes nowhere: %d",
                number);
        phase = next;
    }

    /** Complete when it is committed, with what became of its runs; fails when it never will be. */
    Future<List<RunOutcome>> outcome() {
        return promise.future();
    }

    void complete(List<RunOutcome> outcomes) {
        promise.complete(outcomes);
    }

    void fail(Throwable reason) {
        promise.fail(reason);
    }
}
