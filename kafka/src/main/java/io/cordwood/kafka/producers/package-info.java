/** Producers that want to be recognised: their ids, and what is known of them. */
@NullMarked
package io.cordwood.kafka.producers;

import org.jspecify.annotations.NullMarked;
