/** Several servers over one bucket, and clients that do not notice when some of them are gone. */
@NullMarked
package io.cordwood.server.endtoend.cluster;

import org.jspecify.annotations.NullMarked;
