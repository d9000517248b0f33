/** Which bytes answer a fetch: pure functions over the manifest's state and segment indexes. */
@NullMarked
package io.cordwood.query.plan;

import org.jspecify.annotations.NullMarked;
