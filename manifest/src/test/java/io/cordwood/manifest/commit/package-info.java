/** What a proposer may rely on, as tests. */
@NullMarked
package io.cordwood.manifest.commit;

import org.jspecify.annotations.NullMarked;
