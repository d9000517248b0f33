package io.cordwood.manifest.state;

import io.cordwood.manifest.event.Member;
import io.vavr.collection.TreeMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The nodes of a cluster: those that serve, and the numbers of those that have. A node has the same
 * number whenever it comes, and no other gets it while it is remembered: so clients can tell nodes
 * apart by their numbers.
 */
public final class Nodes {

    /** None yet. The first gets number 1. */
    public static final Nodes NONE = new Nodes(TreeMap.empty(), 1);

    /** How many are remembered that do not serve. */
    static final int ABSENT_MAX = 1_000;

    private final TreeMap<Integer, Node> byNumber;
    private final int nextNumber;
    private final List<Node> serving;

    /** Nodes change rarely, and are looked at all the time. */
    Nodes(TreeMap<Integer, Node> byNumber, int nextNumber) {
        this.byNumber = byNumber;
        this.nextNumber = nextNumber;
        this.serving = byNumber.values().toJavaStream().filter(Node::serves).toList();
    }

    /** Those that serve, by their numbers. */
    public List<Node> serving() {
        return serving;
    }

    /** Those that serve, and those that have, by their numbers. */
    List<Node> all() {
        return byNumber.values().toJavaList();
    }

    /** The number that the next node gets that was not here before. */
    int nextNumber() {
        return nextNumber;
    }

    /** The node of that name, whether it serves or not. */
    public Optional<Node> named(String name) {
        return byNumber.values().find(node -> node.name().equals(name)).toJavaOptional();
    }

    /** The node that a process is, while it serves. */
    public Optional<Node> ofProcess(UUID process) {
        return serving.stream().filter(node -> node.isProcess(process)).findFirst();
    }

    /** The processes of the nodes that serve, but for one of them. */
    public List<UUID> processesBut(UUID process) {
        return serving.stream().map(Node::member).flatMap(Optional::stream).map(Member::process)
                .filter(each -> !each.equals(process)).toList();
    }

    /** The node with that number, while it serves. */
    public Optional<Node> serving(int number) {
        return byNumber.get(number).filter(Node::serves).toJavaOptional();
    }

    /** The number that a node of that name has, or would get. */
    public int numberOf(String name) {
        return named(name).map(Node::number).orElse(nextNumber);
    }

    /** Whoever had the name is forgotten: a node is one process at a time. */
    Nodes join(Member member, long sequence) {
        int number = numberOf(member.name());
        return new Nodes(byNumber.put(number,
                new Node(number, member.name(), sequence, Optional.of(member))),
                Math.max(nextNumber, number + 1));
    }

    /** The process serves no more. If it did not, nothing changes. */
    Nodes leave(UUID process) {
        return ofProcess(process).map(node -> new Nodes(
                byNumber.put(node.number(), new Node(node.number(), node.name(),
                        node.joinedSequence(), Optional.empty())),
                nextNumber).forget()).orElse(this);
    }

    /** Of too many that are gone, the one that came first is remembered no longer. */
    private Nodes forget() {
        TreeMap<Integer, Node> absent = byNumber.filterValues(node -> !node.serves());
        return absent.size() > ABSENT_MAX
                ? new Nodes(byNumber.remove(absent.head()._1), nextNumber)
                : this;
    }

    /**
     * A node.
     *
     * @param number by which clients know it
     * @param joinedSequence the entry by which it came last
     * @param member what it is while it serves
     */
    public record Node(int number, String name, long joinedSequence, Optional<Member> member) {

        public Node {
            if (number < 1 || joinedSequence < 0
                    || member.filter(its -> !its.name().equals(name)).isPresent()) {
                throw new IllegalArgumentException("nodes are numbered from 1, each by its name");
            }
        }

        /** Whether it serves. */
        public boolean serves() {
            return member.isPresent();
        }

        boolean isProcess(UUID process) {
            return member.filter(its -> its.process().equals(process)).isPresent();
        }
    }
}
