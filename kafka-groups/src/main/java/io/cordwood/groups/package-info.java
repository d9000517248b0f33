/**
 * The groups of consumers: who reads what, and how far.
 *
 * <p>What groups are, Kafka's own coordinator knows: it is embedded here, and no other module sees
 * it. It brings its own threads and its own clock. What is ours is where it remembers things:
 * {@code shard} keeps its records in the manifest, {@code metadata} tells it of topics and of
 * settings, and {@code members} and {@code offsets} give it the requests of clients.
 */
@NullMarked
package io.cordwood.groups;

import org.jspecify.annotations.NullMarked;
