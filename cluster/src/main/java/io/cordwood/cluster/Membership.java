package io.cordwood.cluster;

import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.JoinCluster;
import io.cordwood.manifest.commit.LeaveCluster;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Nodes;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among the nodes that serve. Whoever takes it for gone, because it was silent, is
 * told that it is not. Confined to the loop of its follower.
 */
public final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Follower follower;
    private final Commits commits;
    private final Promise<FencedException> replaced = Promise.promise();
    private Optional<Member> member = Optional.empty();
    private boolean joining;

    /** Of a process that does not serve yet. */
    public Membership(Follower follower, Commits commits) {
        this.follower = follower;
        this.commits = commits;
        follower.listen((entry, state) -> look(state));
    }

    /** From now on this process serves as a node. Complete with the number that the node has. */
    public Future<Integer> join(Member node) {
        member = Optional.of(node);
        joining = true;
        return propose(node).compose(number -> number.isPresent()
                ? Future.succeededFuture(number.getAsInt())
                : join(node)).onComplete(done -> joining = false);
    }

    /** Answered with nothing when another of the name has joined since. */
    private Future<OptionalInt> propose(Member node) {
        return commits.commit(new JoinCluster(node, follower.state().sequence()))
                .onSuccess(number -> number.ifPresent(
                        its -> LOG.info("Is node {} ({})", its, node.name())));
    }

    /** Whoever joined under the name while this process was taken for gone is the node now. */
    private void comeBack(Member node) {
        LOG.warn("Was taken for gone, and comes back");
        joining = true;
        propose(node).onComplete(done -> joining = false).onFailure(Invariant::rethrow)
                .onSuccess(number -> look(follower.state()));
    }

    /**
     * It serves no more. Complete when all others will be told so, or when that cannot be; at once
     * if it did not serve.
     */
    public Future<Void> leave() {
        Optional<UUID> process = member.map(Member::process);
        member = Optional.empty();
        return process.map(its -> commits.commit(new LeaveCluster(its))
                .onFailure(Invariant::rethrow).<Void>mapEmpty().otherwiseEmpty())
                .orElseGet(Future::succeededFuture);
    }

    /**
     * Complete when another process serves under the name of this node, with what to tell people.
     */
    public Future<FencedException> replaced() {
        return replaced.future();
    }

    private void look(ManifestState state) {
        if (!joining) {
            member.filter(its -> state.nodes().ofProcess(its.process()).isEmpty())
                    .ifPresent(its -> missing(its, state.nodes()));
        }
    }

    private void missing(Member node, Nodes nodes) {
        if (nodes.named(node.name()).filter(Nodes.Node::serves).isPresent()) {
            member = Optional.empty();
            replaced.tryComplete(new FencedException("another process serves as node "
                    + node.name() + ": give each a name of its own (setting node.name)"));
        } else {
            comeBack(node);
        }
    }
}
