/** Tests of the live tail. */
@NullMarked
package io.cordwood.server.http.tail;

import org.jspecify.annotations.NullMarked;
