package io.cordwood.cluster;

import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.follow.HeadProbe;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.object.CountingObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** One life of a process. */
final class Resident {

    final Town town;
    final String address;
    final ProcessLoop loop;
    final CountingObjectStore requests;
    final Follower follower;
    final Cluster cluster;
    final Membership membership;
    final Map<Long, ByteBuffer> told = new HashMap<>();
    private final Random chance;
    private Optional<Function<Line<FromCommitter>, LineEnd<ToCommitter>>> ends = Optional.empty();
    private final Promise<Void> found = Promise.promise();

    Resident(Town town, String address, long seed) {
        this.town = town;
        this.address = address;
        this.loop = new ProcessLoop(town.time);
        this.chance = new Random(seed * 1_000_003);
        this.requests = new CountingObjectStore(town.bucket);
        ManifestLog log = new ManifestLog(town.far(requests), loop, Backoff.standard(chance));
        this.follower = new Follower(log, ManifestState.EMPTY, loop);
        this.cluster = new Cluster(new Cluster.Parts(follower, log, loop,
                new TownLines(this), told::put, this::id,
                Backoff.standard(chance)));
        this.membership = new Membership(follower, cluster);
    }

    UUID id() {
        return new UUID(chance.nextLong(), chance.nextLong());
    }

    void begin() {
        loop.execute(() -> {
            new HeadProbe(follower, loop).start();
            cluster.start().onComplete(found);
        });
    }

    Future<Void> found() {
        return found.future();
    }

    <T> Future<T> propose(Proposal<T> proposal) {
        Promise<T> answer = Promise.promise();
        loop.execute(() -> cluster.commit(proposal).onComplete(answer));
        return answer.future();
    }

    <T> T commit(Proposal<T> proposal) {
        return town.time.await(propose(proposal));
    }

    /** The end of a line to this process; none before it serves. */
    Optional<LineEnd<ToCommitter>> accept(Line<FromCommitter> line) {
        return ends.map(its -> its.apply(line));
    }

    void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> its) {
        ends = Optional.of(its);
    }

    /** Serves as a node, and waits until it is known as one. */
    int join(String name) {
        Member node = new Member(name, cluster.process(), new Member.Addresses(address, "", ""),
                Optional.empty(), Set.of(NodeRole.values()));
        return town.time.await(loop.submit(() -> membership.join(node)));
    }

    void leave() {
        town.time.await(loop.submit(membership::leave));
    }

    void kill() {
        loop.kill();
        town.cut(address);
    }

    @Override
    public String toString() {
        return address;
    }
}
