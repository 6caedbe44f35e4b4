/** {@code ./meshbridge demo}: a federation of three meshes on one machine, from nothing. */
@NullMarked
package io.meshbridge.demo;

import org.jspecify.annotations.NullMarked;
