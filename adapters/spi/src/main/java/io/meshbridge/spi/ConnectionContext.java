package io.meshbridge.spi;

import io.meshbridge.model.MeshDescriptor;
import java.time.Clock;

/**
 * What a live connection is told by its host.
 *
 * @param federation the federation's id
 * @param mesh the mesh as configured; its version may still be empty
 * @param clock the only source of wall-clock time
 */
public record ConnectionContext(String federation, MeshDescriptor mesh, Clock clock) {}
