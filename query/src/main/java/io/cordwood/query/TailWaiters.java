package io.cordwood.query;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.manifest.event.ManifestEvent.GroupShardTaken;
import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.ManifestEvent.ObjectsCollected;
import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.ProducerIdsReserved;
import io.cordwood.manifest.event.ManifestEvent.ProducersForgotten;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.RunsAppended;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.ManifestEvent.TablePublished;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.ManifestEvent.TransactionJoined;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdsForgotten;
import io.cordwood.manifest.event.ManifestEvent.UploadsExpired;
import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.follow.ManifestListener;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those who have read to the end of partitions and wait for more. An entry wakes only those whose
 * partitions it touches. Confined to a loop.
 */
final class TailWaiters implements ManifestListener {

    private static final int WAITING_MAX = 100_000;

    private final EventLoop loop;
    private final Map<PartitionId, Set<Waiter>> waiting = new HashMap<>();
    private int count;

    TailWaiters(EventLoop loop) {
        this.loop = loop;
    }

    /** Complete when something happens to one of the partitions, or when the time is over. */
    Future<Void> await(List<PartitionId> partitions, Duration waitMax) {
        if (count + partitions.size() > WAITING_MAX) {
            return Future.failedFuture(new UnavailableException(
                    "too many readers wait at the end of their partitions: try again later"));
        }
        Waiter waiter = new Waiter(List.copyOf(Set.copyOf(partitions)));
        waiter.partitions.forEach(partition -> waiting
                .computeIfAbsent(partition, none -> new LinkedHashSet<>()).add(waiter));
        count += waiter.partitions.size();
        EventLoop.Timer timer = loop.schedule(waitMax, () -> leave(waiter));
        return waiter.promise.future().onComplete(done -> timer.cancel());
    }

    @Override
    public void applied(StoredEntry entry, ManifestState state) {
        entry.entry().events().forEach(this::wake);
    }

    private void wake(ManifestEvent event) {
        switch (event) {
            case RunsAppended appended -> appended.runs().stream()
                    .map(CommittedRun::partition).distinct().forEach(this::wake);
            case TopicDeleted deleted -> List.copyOf(waiting.keySet()).stream()
                    .filter(partition -> partition.topic().equals(deleted.id()))
                    .forEach(this::wake);
            case RecordsDeleted deleted -> wake(deleted.partition());
            case RunsMerged merged -> {
            }
            case RunsConverted converted -> {
            }
            case UploadsExpired expired -> {
            }
            case WalTaken taken -> {
            }
            case NodeJoined joined -> {
            }
            case NodeLeft left -> {
            }
            case PartitionCompacted compacted -> {
            }
            case TablePublished published -> {
            }
            case ObjectsCollected collected -> {
            }
            case PartitionsAdded added -> {
            }
            case ConfigsChanged changed -> {
            }
            case TopicCreated created -> {
            }
            case CommitterElected elected -> {
            }
            case ProducerIdsReserved reserved -> {
            }
            case ProducersForgotten forgotten -> {
            }
            case TransactionalIdInitialized initialized -> {
            }
            case TransactionJoined joined -> {
            }
            case GroupShardTaken taken -> {
            }
            case GroupRecordsWritten written -> {
            }
            case TransactionalIdsForgotten forgotten -> {
            }
        }
    }

    private void wake(PartitionId partition) {
        List.copyOf(waiting.getOrDefault(partition, Set.of())).forEach(this::leave);
    }

    private void leave(Waiter waiter) {
        if (waiter.promise.future().isComplete()) {
            return;
        }
        waiter.partitions.forEach(partition -> {
            Set<Waiter> others = waiting.getOrDefault(partition, Set.of());
            others.remove(waiter);
            if (others.isEmpty()) {
                waiting.remove(partition);
            }
        });
        count -= waiter.partitions.size();
        waiter.promise.complete();
    }

    /** Somebody who waits for any of these, and is told once. No record: none equals another. */
    private static final class Waiter {

        private final List<PartitionId> partitions;
        private final Promise<Void> promise = Promise.promise();

        Waiter(List<PartitionId> partitions) {
            this.partitions = partitions;
        }
    }
}
