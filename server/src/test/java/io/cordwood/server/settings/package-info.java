/** What settings come to, as a specification. */
@NullMarked
package io.cordwood.server.settings;

import org.jspecify.annotations.NullMarked;
