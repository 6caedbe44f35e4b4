/** Puts the parts together for one process, starts them and stops them. Decides nothing. */
@NullMarked
package io.meshbridge.bridge;

import org.jspecify.annotations.NullMarked;
