/**
 * The Kafka wire: bytes of a connection become requests, and answers become bytes.
 *
 * <p>A connection reads frame after frame, has several requests in hand at once, and answers them
 * in the order in which they came. What an API means is none of its business: the {@link
 * io.cordwood.kafka.wire.ApiTable} names the handler. Requests and responses are Kafka's own
 * classes, and only they know the layout of a message.
 *
 * @see <a href="https://kafka.apache.org/protocol">Kafka: protocol guide</a>
 */
@NullMarked
package io.cordwood.kafka.wire;

import org.jspecify.annotations.NullMarked;
