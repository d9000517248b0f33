/** The cluster as clients see it: brokers and where they are reached. */
@NullMarked
package io.cordwood.kafka.cluster;

import org.jspecify.annotations.NullMarked;
