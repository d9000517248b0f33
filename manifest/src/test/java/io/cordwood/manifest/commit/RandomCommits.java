package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Commits by chance: their batches are of anybody, and need not make sense together. */
record RandomCommits(Random random, RandomPlaces places) {

    /** One that was uploaded, or says so: such a segment may be anything. */
    CommitSegment uploaded(ManifestState state) {
        return commit(state, random.nextBoolean() ? Cargo.Uploaded.of(segment(state)) : far(state));
    }

    CommitSegment enclosed(ManifestState state) {
        return commit(state, new Cargo.Enclosed(segment(state)));
    }

    CommitSegment nothing(ManifestState state) {
        return commit(state, new Cargo.Nothing());
    }

    private CommitSegment commit(ManifestState state, Cargo cargo) {
        UUID wal = random.nextInt(5) == 0 ? places.id() : new UUID(300, random.nextInt(3));
        return new CommitSegment(wal, state.wal(wal).owner(),
                state.walNumber(wal) + (random.nextInt(9) == 0 ? 2 : 1),
                cargo);
    }

    private Cargo.Uploaded far(ManifestState state) {
        SegmentRun run = new SegmentRun(places.partition(state),
                random.nextLong(CommittedRun.POSITION_MAX), random.nextInt(1, 1 << 30),
                random.nextInt(1, 1 << 30), random.nextLong(1L << 60), random.nextInt(1, 1 << 20),
                new TimestampRange(places.millis(), places.millis()), random.nextInt());
        return new Cargo.Uploaded(places.id(),
                new ByteRange(random.nextLong(1L << 60), random.nextInt(1, 1 << 30)),
                List.of(run, run), List.of(List.of(), List.of()));
    }

    private Segment segment(ManifestState state) {
        SegmentBuilder builder = new SegmentBuilder(places.id());
        for (int i = random.nextInt(4); i > 0; i--) {
            PartitionId partition = places.partition(state);
            for (int j = random.nextInt(1, 4); j > 0; j--) {
                builder.add(partition, batch(state));
            }
        }
        return builder.build();
    }

    private ValidBatch batch(ManifestState state) {
        int records = random.nextInt(1, 4);
        if (random.nextInt(3) == 0) {
            return SegmentForge.batch(random.nextInt(1 << 20), records);
        }
        List<ProducerIdentity> transactional = new ArrayList<>();
        state.transactions().all().forEach(known -> transactional.add(known.producer()));
        boolean member = !transactional.isEmpty() && random.nextBoolean();
        ProducerIdentity producer = member
                ? transactional.get(random.nextInt(transactional.size()))
                : new ProducerIdentity(random.nextInt(6), (short) random.nextInt(3));
        ValidBatch batch = SegmentForge.batch(new ProducerSequence(producer.id(),
                producer.epoch(), random.nextInt(3) == 0 ? random.nextInt(Integer.MAX_VALUE) : 0,
                member ? Membership.MEMBER : Membership.NONE), records);
        return random.nextBoolean() ? batch.joining() : batch;
    }
}
