/**
 * What became of every import, and how the meshes are: told to REST, to the command line, to
 * metrics and to the log.
 */
@NullMarked
package io.meshbridge.status;

import org.jspecify.annotations.NullMarked;
