/** A log in memory, for the tests of everything that stands on the log's port. */
@NullMarked
package io.cordwood.server.log;

import org.jspecify.annotations.NullMarked;
