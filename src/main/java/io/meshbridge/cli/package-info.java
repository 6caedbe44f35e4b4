/**
 * The commands. {@link io.meshbridge.cli.Main} decides before anything starts what a command needs:
 * only {@code run} serves and speaks with others by itself. What commands print goes through a
 * {@link io.meshbridge.cli.Terminal}, their failures through one place, which gives the exit code.
 */
@NullMarked
package io.meshbridge.cli;

import org.jspecify.annotations.NullMarked;
