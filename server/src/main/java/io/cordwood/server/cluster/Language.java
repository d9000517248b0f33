package io.cordwood.server.cluster;

import com.google.protobuf.MessageLite;
import io.cordwood.runtime.CorruptException;
import java.util.function.Function;

/**
 * What is said and heard at one end of a line, as bytes.
 *
 * @param encode what is said
 * @param decode what is heard, of bytes that become a part of it; throws {@link CorruptException}
 *        for those that are no such message, or one that this version does not know
 * @param <S> what is said
 * @param <H> what is heard
 */
record Language<S, H>(Function<S, MessageLite> encode, Function<byte[], H> decode) {}
