/**
 * The outside of the bridge: processes for it and for what it talks to, started and killed at will.
 * A black box: nothing here knows a class of the service.
 */
@NullMarked
package io.meshbridge.it;

import org.jspecify.annotations.NullMarked;
