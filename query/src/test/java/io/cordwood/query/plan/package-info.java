@NullMarked
package io.cordwood.query.plan;

import org.jspecify.annotations.NullMarked;
