/**
 * Streams of a topic's records: the live tail, as Server-Sent Events, for ever; and the replay, as
 * lines of JSON, from one place to another.
 *
 * <p>The id of an event says, for each partition of the tail, which offset comes next. So a client
 * that lost its connection comes back with {@code Last-Event-ID} and goes on exactly after the last
 * event it saw: none lost, none twice. Of a replay, each line says its partition and offset, and
 * the head of the answer where each partition begins and ends. Nothing is passed over in silence:
 * records that were deleted before they could be sent, records that cannot be shown, and the end of
 * the topic are told. A replay that cannot be sent whole is broken off.
 *
 * <p>A stream holds at most two pages for each partition that it reads, and asks for one only while
 * the client takes what was written. It does not know how the log finds records.
 */
@NullMarked
package io.cordwood.server.http.stream;

import org.jspecify.annotations.NullMarked;
