/**
 * What the group coordinator remembers, as records in the manifest.
 *
 * <p>The coordinator is a state machine that acts first and writes then; its clients are answered
 * when what it has written is durable. {@link io.cordwood.groups.shard.ShardWriter} writes,
 * {@link io.cordwood.groups.shard.ShardLoader} tells it what was written before, and
 * {@link io.cordwood.groups.shard.Shards} has it begin anew where something could not be written.
 */
@NullMarked
package io.cordwood.groups.shard;

import org.jspecify.annotations.NullMarked;
