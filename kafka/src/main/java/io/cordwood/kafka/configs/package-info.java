/**
 * Settings of topics, brokers and groups: which there are, what values they may have, where a value
 * comes from, and what it means for who appends.
 *
 * <p>Names, types, bounds, defaults and words are Kafka's. Each says honestly whether it has an
 * effect here. The manifest keeps them as texts; only this package knows what they mean.
 */
@NullMarked
package io.cordwood.kafka.configs;

import org.jspecify.annotations.NullMarked;
