/** Where everything is in the bucket. Every key in the system is spelled here and nowhere else. */
@NullMarked
package io.cordwood.store.layout;

import org.jspecify.annotations.NullMarked;
