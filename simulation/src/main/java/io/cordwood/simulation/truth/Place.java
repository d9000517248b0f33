package io.cordwood.simulation.truth;

import io.cordwood.store.segment.PartitionId;

/** Where a record is. */
public record Place(PartitionId partition, long offset) {}
