package io.cordwood.ingest;

import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.object.ObjectStore;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What ingest stands on.
 *
 * @param loop that ingest is confined to: the one that committer and follower are confined to
 * @param store where segments are uploaded
 * @param ids of segments: never the same twice, in any process (see {@link
 *        io.cordwood.store.layout.ObjectId})
 * @param backoff between the tries of what the store or the committer does not take
 */
public record IngestPorts(EventLoop loop, ObjectStore store, Commits commits, Follower follower,
        Supplier<UUID> ids, Backoff backoff) {}
