/** Small tools for threads that more than one package needs. */
@NullMarked
package io.meshbridge.concurrent;

import org.jspecify.annotations.NullMarked;
