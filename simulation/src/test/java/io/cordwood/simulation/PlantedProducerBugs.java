package io.cordwood.simulation;

import io.cordwood.simulation.PlantedBug.Edit;
import io.cordwood.store.batch.AbortedTransaction;
import java.util.List;
import java.util.stream.Stream;

/** One mistake for each promise to producers that are recognised, and to those who read them. */
final class PlantedProducerBugs {

    private static final String MANIFEST = "manifest/src/main/java/io/cordwood/manifest/";
    private static final String SEQUENCES = MANIFEST + "state/SequenceVerdict.java";
    private static final String INIT = MANIFEST + "commit/InitTransactionalId.java";
    private static final String RULES = MANIFEST + "commit/TransactionRules.java";
    private static final String END = MANIFEST + "commit/EndTransaction.java";
    private static final String EXPIRY = MANIFEST + "commit/TransactionExpiry.java";

    private PlantedProducerBugs() {}

    static List<PlantedBug> all() {
        return Stream.of(sequences(), fencing(), ends(), timeOuts(), isolation())
                .flatMap(List::stream).toList();
    }

    /** How nothing is lost, doubled or put out of order by sending again. */
    private static List<PlantedBug> sequences() {
        return List.of(
                new PlantedBug("a batch that is sent again appended again", SEQUENCES, List.of(
                        new Edit("return new Duplicate(same.get().baseOffset());",
                                "return new Next();")),
                        20),
                new PlantedBug("a batch that is sent again answered as if it were the next",
                        MANIFEST + "commit/PartitionDraft.java",
                        List.of(new Edit("duplicate.baseOffset());", "nextOffset);")), 20),
                new PlantedBug("a gap in the sequences accepted", SEQUENCES, List.of(
                        new Edit("return batch.firstSequence() == producer.nextSequence()",
                                "return batch.firstSequence() >= producer.nextSequence()")),
                        20),
                new PlantedBug("a first batch taken that is not the first", SEQUENCES, List.of(
                        new Edit("return mayBeForgotten || batch.firstSequence() == 0",
                                "return mayBeForgotten || batch.firstSequence() >= 0")),
                        4, 20));
    }

    /** How an instance that was replaced can do nothing. */
    private static List<PlantedBug> fencing() {
        return List.of(
                new PlantedBug("an instance followed by itself", INIT, List.of(new Edit(
                        ": transaction.producer().next());", ": transaction.producer());")), 20),
                new PlantedBug("a batch of an instance that was replaced accepted", RULES,
                        List.of(new Edit(
                                "if (!transaction.producer().equals(batch.producer())) {",
                                "if (transaction.producer().id() != batch.producerId()) {")),
                        20),
                new PlantedBug("an end by an instance that was replaced accepted", RULES,
                        List.of(new Edit("return transaction.get().producer().equals(producer)",
                                "return transaction.get().producer().id() == producer.id()")),
                        20),
                new PlantedBug("no later instance after a transaction", END,
                        List.of(new Edit(": producer.next();", ": producer;")), 20));
    }

    /** How a transaction is all or nothing, everywhere and at once. */
    private static List<PlantedBug> ends() {
        return List.of(
                new PlantedBug("a transaction ended in some of its partitions", END, List.of(
                        new Edit("for (PartitionId partition : transaction.members()) {",
                                "for (PartitionId partition : transaction.members().stream()"
                                        + ".skip(1).toList()) {")),
                        20),
                new PlantedBug("a control batch that says otherwise", END, List.of(new Edit(
                        "ControlBatch.endOfTransaction(producer, committed,",
                        "ControlBatch.endOfTransaction(producer, true,")), 20),
                new PlantedBug("refused to say again how a transaction ended", END, List.of(
                        new Edit("return transaction.hasEnded(committed)"
                                + " && ended.equals(Optional.of(producer));", "return false;")),
                        20),
                new PlantedBug("said that it was committed when it was aborted", END, List.of(
                        new Edit("return transaction.hasEnded(committed)"
                                + " && ended.equals(Optional.of(producer));",
                                "return ended.equals(Optional.of(producer));")),
                        20));
    }

    /** How what nobody ends ends all the same. */
    private static List<PlantedBug> timeOuts() {
        return List.of(
                new PlantedBug("a time-out never looked at", EXPIRY, List.of(
                        new Edit("if (isOverdue(transaction, first, now)) {", "if (now < 0) {")),
                        20),
                new PlantedBug("a time-out by the clock on the wall alone", EXPIRY, List.of(
                        new Edit("|| loop.nanoTime() - first.atNanos() > timeout.toNanos();",
                                ";")),
                        14, 60));
    }

    /** What readers of committed records may see, and must. */
    private static List<PlantedBug> isolation() {
        return List.of(
                new PlantedBug("an aborted transaction that readers are not told of",
                        MANIFEST + "state/PartitionTransactions.java",
                        List.of(new Edit(
                                "aborted.append(new AbortedTransaction(producerId, first, offset))",
                                "aborted")),
                        20),
                new PlantedBug("a last stable offset behind an open transaction",
                        MANIFEST + "state/PartitionState.java", List.of(new Edit(
                                "transactions.firstOpenOffset().orElse(nextOffset)",
                                "nextOffset")),
                        20),
                new PlantedBug("what is behind an open transaction skipped",
                        "query/src/main/java/io/cordwood/query/read/RunReader.java",
                        List.of(new Edit("|| cut.nextOffset() >= wanted.end()", "")), 20));
    }
}
