/** What an entry is in bytes, as tests. */
@NullMarked
package io.cordwood.manifest.event;

import org.jspecify.annotations.NullMarked;
