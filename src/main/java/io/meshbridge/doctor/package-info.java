/**
 * The traps into which people fall when they join meshes, and how to find them in documents and in
 * a configuration. One class each. Pure; the command line is the shell.
 */
@NullMarked
package io.meshbridge.doctor;

import org.jspecify.annotations.NullMarked;
