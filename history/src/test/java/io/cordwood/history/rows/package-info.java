/** How stored pages become records. */
@NullMarked
package io.cordwood.history.rows;

import org.jspecify.annotations.NullMarked;
