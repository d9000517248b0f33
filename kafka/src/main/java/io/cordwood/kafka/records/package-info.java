/** Records in and out: produce, fetch, and the offsets that there are. */
@NullMarked
package io.cordwood.kafka.records;

import org.jspecify.annotations.NullMarked;
