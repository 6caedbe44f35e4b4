package io.meshbridge.status;

import io.meshbridge.model.Export;
import java.time.Instant;

/**
 * A service that some mesh of the federation offers.
 *
 * @param export as its mesh offers it
 * @param endpoints how many places it answers at
 * @param takingTraffic how many of them take traffic
 * @param observedAt when its source saw its last change
 * @param staleReason why what is known of it may be old; empty if it is current
 */
public record ServiceStatus(
    Export export, int endpoints, int takingTraffic, Instant observedAt, String staleReason) {}
