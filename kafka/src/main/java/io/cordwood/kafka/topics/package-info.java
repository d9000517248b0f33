/** Topics: what there is, and how that changes. */
@NullMarked
package io.cordwood.kafka.topics;

import org.jspecify.annotations.NullMarked;
