package io.cordwood.simulation;

import io.cordwood.simulation.PlantedBug.Edit;
import java.util.List;
import java.util.stream.Stream;

/** One mistake for each promise that the simulation watches. */
final class PlantedBugs {

    private static final String MANIFEST = "manifest/src/main/java/io/cordwood/manifest/";
    private static final String COMMITTER = MANIFEST + "commit/Committer.java";
    private static final String MANIFEST_LOG = MANIFEST + "log/ManifestLog.java";
    private static final String FOLLOWER = MANIFEST + "follow/Follower.java";
    private static final String RECORD_LOG = "server/src/main/java/io/cordwood/server/log/"
            + "LocalRecordLog.java";
    private static final String INGEST = "ingest/src/main/java/io/cordwood/ingest/";

    private PlantedBugs() {}

    static List<PlantedBug> all() {
        return Stream.of(commits(), entries(), recovery(), reading(), memory(),
                PlantedProducerBugs.all(), PlantedIndexerBugs.all(), PlantedHistoryBugs.all(),
                PlantedCollectorBugs.all(), PlantedClusterBugs.all())
                .flatMap(List::stream).toList();
    }

    /** What the committer and its line may never do. */
    private static List<PlantedBug> commits() {
        return List.of(
                new PlantedBug("acknowledged before it is committed", COMMITTER, List.of(
                        new Edit("EncodedEntry entry = draft.encode();",
                                "EncodedEntry entry = draft.encode(); draft.answer();"),
                        new Edit("first.draft().answer();", "")), 20),
                new PlantedBug("acknowledged before what it follows", COMMITTER, List.of(
                        new Edit("outcome.onComplete(done -> land());",
                                "outcome.onSuccess(done -> draft.answer())"
                                        + ".onComplete(done -> land());"),
                        new Edit("first.draft().answer();", "")), 100),
                new PlantedBug("behind an entry that lost, and forgotten", COMMITTER,
                        List.of(new Edit("putBackAll();",
                                "putBack(inFlight.removeFirst().draft()); inFlight.clear();")),
                        100),
                new PlantedBug("committed out of the order of sealing", INGEST + "Delivery.java",
                        List.of(
                                new Edit("line.stream().dropWhile(parcel -> parcel.phase()"
                                        + " == Phase.COMMITTING)", "line.stream()"),
                                new Edit(".takeWhile(parcel", ".filter(parcel")),
                        10, 5),
                new PlantedBug("a stale committer believed", COMMITTER, List.of(
                        new Edit(
                                "return follower.state().position().committer().equals(self.id());",
                                "return elected || follower.state().position().committer()"
                                        + ".equals(self.id());"),
                        new Edit("} else if (elected) {",
                                "} else if (elected && waiting.size() == WAITING_MAX) {")),
                        7, 5),
                new PlantedBug("state moved before its entry exists", COMMITTER, List.of(new Edit(
                        "EncodedEntry entry = draft.encode();",
                        """
                                EncodedEntry entry = draft.encode();
                                follower.committed(new StoredEntry(entry.entry(),
                                        entry.inlinePosition(), entry.bytes().size()), begun);""")),
                        20));
    }

    /** What the log may never take for true. */
    private static List<PlantedBug> entries() {
        return List.of(
                new PlantedBug("unknown taken for failure", MANIFEST_LOG, List.of(new Edit("""
                                            undecided = true;
                                            retry(unknown.cause());
                        """, """
                                            promise.complete(new AppendOutcome.Lost(own()));
                        """)), 4, 5),
                new PlantedBug("unknown taken for success", MANIFEST_LOG, List.of(new Edit("""
                                            undecided = true;
                                            retry(unknown.cause());
                        """, """
                                            promise.complete(new AppendOutcome.Committed(own()));
                        """)), 20),
                new PlantedBug("an entry of its own taken for another's", MANIFEST_LOG, List.of(
                        new Edit("promise.complete(nonce.equals(entry.entry().head().nonce())",
                                "promise.complete(nonce.equals(new UUID(0, 0))")),
                        4, 5),
                new PlantedBug("the boundary ignored", MANIFEST_LOG, List.of(new Edit(
                        "if (free.elapsed(loop).compareTo(BELIEVED_WITHIN) <= 0) {",
                        "if (sequence > 0) {")), 14, 5));
    }

    /** What a restart may never do. */
    private static List<PlantedBug> recovery() {
        return List.of(
                new PlantedBug("the local WAL replayed twice", INGEST + "Recovery.java", List.of(
                        new Edit("filter(number -> number > committed)",
                                "filter(number -> number > 0)")),
                        100),
                new PlantedBug("told of a refusal before it left the local WAL",
                        INGEST + "Ingest.java", List.of(new Edit("""
                                wal.delete(segment.number())
                                                    .onSuccess(deleted""", """
                                Future.<Void>succeededFuture()
                                                    .onSuccess(deleted""")),
                        6, 100));
    }

    /** What readers may never see. */
    private static List<PlantedBug> reading() {
        return List.of(
                new PlantedBug("a gap skipped", FOLLOWER, List.of(
                        new Edit("readOn(state.sequence() + 1, 1, promise);",
                                "readOn(state.sequence() + 1, WINDOW_MAX, promise);"),
                        new Edit("? log.checkNotDeleted(first, headKnown).map(reads)",
                                "? Future.succeededFuture(reads)"),
                        new Edit("""
                                                headKnown = asked;
                                                return false;
                                """, """
                                                headKnown = asked;
                                                continue;
                                """),
                        new Edit("""
                                            }
                                        }
                                        return true;
                                """, """
                                            }
                                        }
                                        return reads.stream().noneMatch(
                                                read -> read.result().isEmpty());
                                """)),
                        150),
                new PlantedBug("a block cached under the wrong key",
                        "local-cache/src/main/java/io/cordwood/cache/MemoryTier.java",
                        List.of(new Edit("blocks.asMap().putIfAbsent(load.key(), load.future())",
                                "blocks.asMap().putIfAbsent(new BlockKey(new ObjectKey("
                                        + "load.key().object().value().replace('7', '3')),"
                                        + " load.key().index()), load.future())")),
                        20),
                new PlantedBug("a time looked for among runs that are not in its order",
                        MANIFEST + "state/PartitionState.java", List.of(new Edit(
                                "bisect(run -> run.latestTimestampMillis() >= timestampMillis)",
                                "bisect(run -> run.maxTimestampMillis() >= timestampMillis)")),
                        20));
    }

    /** How much a process may never hold. */
    private static List<PlantedBug> memory() {
        return List.of(
                new PlantedBug("room given back when a segment is sealed, not when it is done",
                        INGEST + "Intake.java", List.of(
                                new Edit("exit.accept(segment.seal());", """
                                        SealedSegment sealed = segment.seal();
                                        loop.execute(() -> release(sealed.heldBytes()));
                                        exit.accept(sealed);
                                        """),
                                new Edit("release(segment.heldBytes());", "")),
                        15, 5),
                new PlantedBug("an upload tried again before its last try is answered",
                        INGEST + "Uploader.java", List.of(
                                new Edit("promise.complete();", "promise.tryComplete();"),
                                new Edit("loop.confine(store.put(", """
                                        loop.schedule(Duration.ofSeconds(5), () -> {
                                            if (!promise.future().isComplete()) {
                                                attempt(segment, failures, promise);
                                            }
                                        });
                                        loop.confine(store.put(""")),
                        100, 30),
                new PlantedBug("a request handled without room for it", RECORD_LOG, List.of(
                        new Edit("budgets.requests().acquire(bytes)",
                                "budgets.requests().acquire(0)"),
                        new Edit("budgets.requests().release(bytes)",
                                "budgets.requests().release(0)")),
                        15, 20));
    }
}
