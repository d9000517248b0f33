package io.cordwood.ingest;

import io.cordwood.ingest.Parcel.Phase;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line of segments on their way into the manifest: uploaded side by side, committed in order.
 *
 * <p>Commits are handed to the committer one after the other without waiting for its answers, so
 * what is ready together becomes true in one entry. What comes back from outside is dealt with in a
 * turn of its own: nothing here is ever entered twice at a time.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final EventLoop loop;
    private final Commits commits;
    private final Backoff backoff;
    private final Supplier<UUID> ids;
    private final Source source;
    private final int uploadsMax;
    private final Uploader uploader;
    private final Tally tally;
    private final ArrayDeque<Parcel> line = new ArrayDeque<>();
    private Optional<LogException> halted = Optional.empty();
    private boolean interrupted;
    private int interruptions;

    /** An empty line. */
    Delivery(IngestPorts ports, Source source, int uploadsMax, Tally tally) {
        this.loop = ports.loop();
        this.commits = ports.commits();
        this.backoff = ports.backoff();
        this.ids = ports.ids();
        this.source = source;
        this.uploadsMax = uploadsMax;
        this.uploader = new Uploader(ports, tally);
        this.tally = tally;
    }

    /**
     * Puts a parcel at the end of the line: its number is the one after the last.
     *
     * @return what became of its runs; fails with {@link FencedException} if it was not committed
     * and
     *         never will be by this process, with {@link UnknownOutcomeException} if it may have
     *         been, and with what the line was halted for if that came first
     */
    Future<List<RunOutcome>> deliver(Parcel parcel) {
        if (halted.isPresent()) {
            return Future.failedFuture(halted.get());
        }
        Invariant.check(line.isEmpty() || line.getLast().number() + 1 == parcel.number(),
                "commits are in the order of sealing: %d", parcel.number());
        line.addLast(parcel);
        loop.execute(this::advance);
        return parcel.outcome();
    }

    /** Complete when nothing of what is in the line now is in it any more. */
    Future<Void> drained() {
        return Future.join(line.stream().map(Parcel::outcome).toList())
                .transform(done -> Future.succeededFuture());
    }

    /** Fails all that is not with the committer, and lets nothing more in. */
    void halt(LogException reason) {
        if (halted.isPresent()) {
            return;
        }
        halted = Optional.of(reason);
        uploader.stop();
        for (Parcel parcel : List.copyOf(line)) {
            if (parcel.phase() != Phase.COMMITTING) {
                drop(parcel, reason);
            }
        }
        count();
    }

    private void advance() {
        if (halted.isEmpty()) {
            startUploads();
            commitReady();
        }
        count();
    }

    private void startUploads() {
        long free = uploadsMax - inPhase(Phase.UPLOADING);
        line.stream().filter(parcel -> parcel.phase() == Phase.SEALED).limit(free).toList()
                .forEach(this::upload);
    }

    private void upload(Parcel parcel) {
        parcel.enter(Phase.UPLOADING);
        uploader.upload(parcel.segment().orElseThrow())
                .onSuccess(done -> loop.execute(() -> uploaded(parcel)));
    }

    private void uploaded(Parcel parcel) {
        if (halted.isEmpty()) {
            parcel.enter(Phase.READY);
            advance();
        }
    }

    private void commitReady() {
        if (!interrupted) {
            line.stream().dropWhile(parcel -> parcel.phase() == Phase.COMMITTING)
                    .takeWhile(parcel -> parcel.phase() == Phase.READY).toList()
                    .forEach(this::commit);
        }
    }

    private void commit(Parcel parcel) {
        parcel.enter(Phase.COMMITTING);
        commits.commit(new CommitSegment(source.wal(), source.owner(), parcel.number(),
                parcel.cargo()))
                .onComplete(done -> loop.execute(() -> settle(parcel, done)));
    }

    private void settle(Parcel parcel, AsyncResult<List<RunOutcome>> done) {
        if (done.succeeded()) {
            committed(parcel, done.result());
        } else {
            notCommitted(parcel, done.cause());
        }
        if (interrupted) {
            awaitResumption();
        }
        advance();
    }

    private void committed(Parcel parcel, List<RunOutcome> outcomes) {
        Invariant.check(line.peekFirst() == parcel, "answers come in the order of sealing: %d",
                parcel.number());
        line.removeFirst();
        interruptions = 0;
        if (parcel.cargo() instanceof Cargo.Enclosed enclosed) {
            tally.committedInline(enclosed.segment());
        }
        parcel.complete(outcomes);
    }

    private void notCommitted(Parcel parcel, Throwable failure) {
        if (halted.isPresent()) {
            drop(parcel, wasRefused(failure) ? halted.get() : fatal(parcel, failure));
        } else if (failure instanceof MissingObjectException) {
            LOG.warn("{}: it is uploaded again", failure.getMessage());
            parcel.renew(ids.get());
            interrupted = true;
        } else if (mayBeProposedAgain(failure)) {
            parcel.enter(Phase.READY);
            interrupted = true;
        } else {
            LogException reason = fatal(parcel, failure);
            drop(parcel, reason);
            halt(reason);
        }
    }

    private static boolean wasRefused(Throwable failure) {
        return failure instanceof UnavailableException || failure instanceof RejectedException
                || failure instanceof MissingObjectException;
    }

    /**
     * Whether the failure is one that passes. When a commit was not taken, those proposed after it
     * are not the next, and are refused for that.
     */
    private boolean mayBeProposedAgain(Throwable failure) {
        return failure instanceof UnavailableException
                || (failure instanceof RejectedException && interrupted);
    }

    /** Goes on after all that was proposed has come back: before, the order would be at risk. */
    private void awaitResumption() {
        if (inPhase(Phase.COMMITTING) == 0) {
            interruptions++;
            loop.schedule(backoff.delay(interruptions), () -> {
                interrupted = false;
                advance();
            });
        }
    }

    private LogException fatal(Parcel parcel, Throwable failure) {
        if (failure instanceof FencedException fenced) {
            return fenced;
        }
        if (failure instanceof RejectedException refused) {
            return new FencedException(
                    "another process uses the local directory of this one, or a copy"
                            + " of it: restart this one with a directory of its own ("
                            + refused.getMessage()
                            + ")",
                    refused);
        }
        return new UnknownOutcomeException("nobody knows what became of the commit of segment "
                + parcel.number() + ": restart this process, which finds out", failure);
    }

    private void drop(Parcel parcel, LogException reason) {
        line.remove(parcel);
        parcel.fail(reason);
    }

    private long inPhase(Phase phase) {
        return line.stream().filter(parcel -> parcel.phase() == phase).count();
    }

    private void count() {
        tally.delivering((int) (inPhase(Phase.SEALED) + inPhase(Phase.READY)),
                (int) inPhase(Phase.UPLOADING), (int) inPhase(Phase.COMMITTING));
    }

    /**
     * Where the segments come from.
     *
     * @param wal the identity of the local WAL
     * @param owner who has taken it
     */
    record Source(UUID wal, UUID owner) {}
}
