/**
 * What a mesh has to bring to join a federation. An adapter is one {@link
 * io.meshbridge.spi.MeshAdapter}: a pure {@link io.meshbridge.spi.Translator}, and a live {@link
 * io.meshbridge.spi.MeshConnection} with a {@link io.meshbridge.spi.Source} and a {@link
 * io.meshbridge.spi.Sink}.
 *
 * <p>Everything here is blocking, plain Java. The host calls on virtual threads, interrupts to
 * cancel, and decides; an adapter observes and obeys.
 */
@NullMarked
package io.meshbridge.spi;

import org.jspecify.annotations.NullMarked;
