package io.cordwood.ingest;

import io.cordwood.ingest.wal.Wal;
import io.cordwood.ingest.wal.WalContent;
import io.cordwood.ingest.wal.WalEnd;
import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.store.segment.SegmentBuilder;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what the last process on this local WAL began. One file after the other is read,
 * uploaded and committed under its own number, so no more than one segment is in memory.
 *
 * <p>The manifest says which number was the last: files up to it landed. A number without a file is
 * committed as nothing if a usable one follows, because commits leave no number out. From the first
 * damage on, nothing is used: it was acknowledged to nobody, and what comes after a hole must not
 * be stored as if there were none. Those numbers are free again: they were not committed, and
 * whoever had the WAL before can commit no more.
 */
final class Recovery {

    /** No process ever had so many segments unfinished: a file beyond belongs to another log. */
    static final long GAP_MAX = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Wal wal;
    private final Delivery delivery;
    private final Supplier<UUID> ids;
    private final Tally tally;
    private long committed;
    private List<Long> files = List.of();

    /**
     * Creates a recovery that has not begun.
     *
     * @param committed the number of the last segment of the WAL that was committed
     */
    Recovery(Wal wal, long committed, Delivery delivery, Supplier<UUID> ids, Tally tally) {
        this.wal = wal;
        this.committed = committed;
        this.delivery = delivery;
        this.ids = ids;
        this.tally = tally;
    }

    /** Commits what can be. Complete with the number that the next segment gets. */
    Future<Long> run() {
        return wal.numbers().compose(numbers -> {
            files = numbers.stream().filter(number -> number > committed).toList();
            if (!files.isEmpty()) {
                LOG.info("The last process on this local WAL left {} segments to finish",
                        files.size());
            }
            return deleteAll(numbers.subList(0, numbers.size() - files.size()))
                    .compose(deleted -> recoverFrom(0))
                    .map(recovered -> committed + 1);
        });
    }

    private Future<Void> deleteAll(List<Long> landed) {
        return Future.all(landed.stream().map(wal::delete).toList()).mapEmpty();
    }

    private Future<Void> recoverFrom(int index) {
        if (index == files.size()) {
            return Future.succeededFuture();
        }
        long number = files.get(index);
        if (number - committed > GAP_MAX) {
            LOG.error(
                    "Segment {} of the local WAL cannot belong to this log, whose last is {}: was"
                            + " the local directory used with another bucket?",
                    number, committed);
            return setAsideFrom(index);
        }
        return wal.read(number).compose(content -> recover(index, content));
    }

    private Future<Void> recover(int index, WalContent content) {
        long number = files.get(index);
        LOG.info("Finishing segment {} of the local WAL ({} of {}): {} batches, {} bytes", number,
                index + 1, files.size(), content.frames().size(), content.batchBytes());
        return switch (content.end()) {
            case WalEnd.Whole whole -> commit(number, content)
                    .compose(done -> wal.delete(number))
                    .compose(done -> recoverFrom(index + 1));
            case WalEnd.Cut cut when index == files.size() - 1 -> commit(number, content)
                    .compose(done -> wal.delete(number));
            case WalEnd.Cut cut -> recoverDamaged(index, content,
                    "is cut short at byte " + cut.position());
            case WalEnd.Damaged damaged -> recoverDamaged(index, content,
                    "is damaged at byte " + damaged.position() + " (" + damaged.complaint() + ")");
        };
    }

    /**
     * What follows is set aside first: should this process end here, the next one sees the same.
     */
    private Future<Void> recoverDamaged(int index, WalContent content, String damage) {
        long number = files.get(index);
        LOG.error(
                "Segment {} of the local WAL {}. Of it, the {} batches before are used. What"
                        + " follows, and the {} segments after it, is set aside in *.damaged files:"
                        + " it was acknowledged to nobody",
                number, damage, content.frames().size(), files.size() - 1 - index);
        return setAsideFrom(index + 1)
                .compose(done -> commit(number, content))
                .compose(done -> wal.setAside(number));
    }

    private Future<Void> setAsideFrom(int first) {
        Future<Void> done = Future.succeededFuture();
        for (long number : files.subList(first, files.size())) {
            done = done.compose(before -> wal.setAside(number));
        }
        return done;
    }

    private Future<Void> commit(long number, WalContent content) {
        if (content.frames().isEmpty()) {
            return Future.succeededFuture();
        }
        if (committed + 1 < number) {
            LOG.warn(
                    "Segments {} to {} of the local WAL were never written; nobody was told that"
                            + " they are durable",
                    committed + 1, number - 1);
        }
        for (long missing = committed + 1; missing < number; missing++) {
            delivery.deliver(Parcel.nothing(missing));
        }
        SegmentBuilder segment = new SegmentBuilder(ids.get());
        content.frames().forEach(frame -> segment.add(frame.partition(), frame.batch()));
        return delivery.deliver(Parcel.of(number, segment.build())).map(outcomes -> {
            committed = number;
            tally.recovered();
            report(number, outcomes);
            return null;
        });
    }

    private static void report(long number, List<RunOutcome> outcomes) {
        long refused = outcomes.stream().filter(RunOutcome.Refused.class::isInstance).count();
        if (refused > 0) {
            LOG.warn("{} of the {} runs of segment {} were left out: their topics were deleted",
                    refused, outcomes.size(), number);
        }
    }
}
