/** Tests of the streams. */
@NullMarked
package io.cordwood.server.http.stream;

import org.jspecify.annotations.NullMarked;
