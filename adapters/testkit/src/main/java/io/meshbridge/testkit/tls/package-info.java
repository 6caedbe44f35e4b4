/** Throw-away certificates for tests. */
@NullMarked
package io.meshbridge.testkit.tls;

import org.jspecify.annotations.NullMarked;
