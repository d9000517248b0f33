package io.cordwood.server.node;

import io.cordwood.cluster.Lines;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Workers;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a node needs of the machine: a loop, workers, chance and ids. In a simulation all of them
 * come from a seed.
 *
 * @param storeWorkers for files of the bucket and the cache
 * @param walWorkers for files of the local WAL
 * @param lines to and from other nodes of the cluster that has this id
 */
public record NodeEnvironment(EventLoop loop, Workers storeWorkers, Workers walWorkers,
        RandomGenerator chance, Supplier<UUID> ids, Function<UUID, Lines> lines) {}
