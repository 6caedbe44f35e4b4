/**
 * Looks at meshes once, without a bridge: what one would change in them, and which traps stand in
 * them. Reads, and writes nothing.
 */
@NullMarked
package io.meshbridge.looking;

import org.jspecify.annotations.NullMarked;
