/**
 * Kafka's own programs against a running server, each with its own defaults: what is built on the
 * protocol must not notice that there is a bucket behind it.
 */
@NullMarked
package io.cordwood.compatibility;

import org.jspecify.annotations.NullMarked;
