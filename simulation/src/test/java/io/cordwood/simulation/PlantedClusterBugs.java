package io.cordwood.simulation;

import io.cordwood.simulation.PlantedBug.Edit;
import java.util.List;
import java.util.stream.Stream;

/** One mistake for each promise that processes which share a log keep to each other. */
final class PlantedClusterBugs {

    private static final String CLUSTER = "cluster/src/main/java/io/cordwood/cluster/";
    private static final String MANIFEST = "manifest/src/main/java/io/cordwood/manifest/";
    private static final String UNANSWERED = CLUSTER + "Unanswered.java";
    private static final String ATTENDANCE = CLUSTER + "Attendance.java";
    private static final String COMMITTER_END = CLUSTER + "CommitterEnd.java";

    private PlantedClusterBugs() {}

    static List<PlantedBug> all() {
        return Stream.of(proposals(), answers(), committers()).flatMap(List::stream).toList();
    }

    /** How what is proposed becomes true once, in its order, whatever becomes of the line. */
    private static List<PlantedBug> proposals() {
        return List.of(
                new PlantedBug("what was sent before a line broke sent and committed again",
                        COMMITTER_END, List.of(
                                new Edit("new FromCommitter.Welcome(session.receivedNumber,",
                                        "new FromCommitter.Welcome(0,"),
                                new Edit("if (propose.number() <= session.receivedNumber) {",
                                        "if (propose.number() < 0) {")),
                        40),
                new PlantedBug("what was lost with its line not sent again", CLUSTER
                        + "Cluster.java",
                        List.of(new Edit("unanswered.received(receivedNumber);", "")), 20),
                new PlantedBug("what the committer before had not sent to the next",
                        UNANSWERED, List.of(new Edit(
                                "own.is(Whereabouts.SENT) && own.number() > afterNumber",
                                "own.is(Whereabouts.SENT) && afterNumber > 0"
                                        + " && own.number() > afterNumber")),
                        20),
                new PlantedBug("what comes back sent out of its order", UNANSWERED,
                        List.of(new Edit(
                                "own.is(Whereabouts.WAITING))\n"
                                        + "                .sorted(Comparator"
                                        + ".comparingLong(Own::number))",
                                "own.is(Whereabouts.WAITING))\n"
                                        + "                .sorted(Comparator"
                                        + ".comparingLong(own -> -own.number()))")),
                        20),
                new PlantedBug("a WAL committed from by who had it before",
                        MANIFEST + "commit/CommitSegment.java",
                        List.of(new Edit("if (!state.wal(wal).owner().equals(owner)) {",
                                "if (number < 0) {")),
                        40));
    }

    /** How nobody is told what is not so. */
    private static List<PlantedBug> answers() {
        return List.of(
                new PlantedBug("judged by what was true before", ATTENDANCE, List.of(
                        new Edit("return follower.state().sequence() >= needed;",
                                "return needed >= 0;")),
                        40),
                new PlantedBug("answered when it is sent", UNANSWERED, List.of(
                        new Edit("own.enter(Whereabouts.SENT);",
                                "own.enter(Whereabouts.SENT); own.judgedIn(state);")),
                        20),
                new PlantedBug("a push taken for the end of the log",
                        MANIFEST + "follow/Follower.java",
                        List.of(new Edit("if (entry.entry().sequence() == state.sequence() + 1) {",
                                "headKnown = Moment.now(loop);\n"
                                        + "if (entry.entry().sequence()"
                                        + " == state.sequence() + 1) {")),
                        100));
    }

    /** How there is one committer, and never none for long. */
    private static List<PlantedBug> committers() {
        return List.of(
                new PlantedBug("a silent committer not replaced", ATTENDANCE, List.of(new Edit(
                        "current.isEmpty() ? patience.refusalMax() : patience.silenceMax()",
                        "patience.silenceMax().multipliedBy(20)")), 20),
                new PlantedBug("who was deposed does not listen to the next",
                        CLUSTER + "Cluster.java",
                        List.of(new Edit("""
                                LOG.warn("Is the committer no more: {}", reason.getMessage());
                                            loop.execute(this::seek);
                                """, """
                                LOG.warn("Is the committer no more: {}", reason.getMessage());
                                """)),
                        20),
                new PlantedBug("who is taken for gone does not come back",
                        CLUSTER + "Membership.java",
                        List.of(new Edit("            comeBack(node);\n", "")), 20),
                new PlantedBug("a node replaced by who was it before", MANIFEST
                        + "commit/JoinCluster.java",
                        List.of(new Edit("node.joinedSequence() > knownSequence",
                                "node.joinedSequence() < 0")),
                        300),
                new PlantedBug("a transaction ended by who gave up the one before", MANIFEST
                        + "commit/EndTransaction.java",
                        List.of(new Edit("transaction.since().sequence() > end.knownSequence()",
                                "transaction.since().sequence() < 0")),
                        300));
    }
}
