/**
 * The live tail: a topic's records as Server-Sent Events, as they are appended.
 *
 * <p>The id of an event says, for each partition of the tail, which offset comes next. So a client
 * that lost its connection comes back with {@code Last-Event-ID} and goes on exactly after the last
 * event it saw: none lost, none twice. Nothing is passed over in silence: records that were deleted
 * before they could be sent, records that cannot be shown, and the end of the topic are events of
 * their own.
 *
 * <p>A tail holds at most one page for each partition, and reads the next only when the client has
 * taken what was written. It does not know how the log finds records.
 */
@NullMarked
package io.cordwood.server.http.tail;

import org.jspecify.annotations.NullMarked;
