/** What people see of a running node: metrics. It watches, and changes nothing. */
@NullMarked
package io.cordwood.server.observe;

import org.jspecify.annotations.NullMarked;
