/** {@code cordwood inspect}: looks into a bucket without a server, and changes nothing. */
@NullMarked
package io.cordwood.server.inspect;

import org.jspecify.annotations.NullMarked;
