/** {@code ./meshbridge demo}: a federation of two meshes on one machine, from nothing. */
@NullMarked
package io.meshbridge.demo;

import org.jspecify.annotations.NullMarked;
