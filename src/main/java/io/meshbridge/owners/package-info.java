/** Tells the owners of a mesh's services, in their mesh, what became of their exports. */
@NullMarked
package io.meshbridge.owners;

import org.jspecify.annotations.NullMarked;
