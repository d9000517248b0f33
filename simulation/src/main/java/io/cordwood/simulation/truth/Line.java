package io.cordwood.simulation.truth;

import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;

/**
 * What one instance of a producer sends to one partition. Its records have sequences from 0, and
 * are in the log in that order, with none left out.
 */
public final class Line {

    private final ProducerIdentity producer;
    private final PartitionId partition;
    private int nextSent;
    private int nextStored;

    /** A line in which nothing was sent. */
    public Line(ProducerIdentity producer, PartitionId partition) {
        this.producer = producer;
        this.partition = partition;
    }

    public ProducerIdentity producer() {
        return producer;
    }

    public PartitionId partition() {
        return partition;
    }

    /** Takes the sequences of the next records, and returns the first. */
    int take(int records) {
        int first = nextSent;
        nextSent += records;
        return first;
    }

    /** A record became part of the log. Whether it is the next. */
    boolean stored(int sequence) {
        boolean next = sequence == nextStored;
        nextStored = sequence + 1;
        return next;
    }

    @Override
    public String toString() {
        return "producer " + producer.id() + "/" + producer.epoch() + " to " + partition;
    }
}
