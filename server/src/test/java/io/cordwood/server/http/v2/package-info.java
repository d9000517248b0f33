/** Tests of the JSON of the v2 dialect. */
@NullMarked
package io.cordwood.server.http.v2;

import org.jspecify.annotations.NullMarked;
