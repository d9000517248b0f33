/** The log as the Kafka handlers see it: topics by name or id, and what may be done with them. */
@NullMarked
package io.cordwood.kafka.log;

import org.jspecify.annotations.NullMarked;
