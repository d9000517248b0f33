/**
 * The Kafka edge: everything that speaks to Apache Kafka speaks to Cordwood.
 *
 * <p>{@link io.cordwood.kafka.KafkaEdge} listens; {@code wire} turns bytes into requests and back;
 * the other packages hold a handler for each API.
 */
@NullMarked
package io.cordwood.kafka;

import org.jspecify.annotations.NullMarked;
