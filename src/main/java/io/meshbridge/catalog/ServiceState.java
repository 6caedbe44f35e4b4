package io.meshbridge.catalog;

import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import java.time.Instant;

/**
 * A service, as the log knows it.
 *
 * @param export as its mesh offers it
 * @param endpoints all of them
 * @param observedAt when its source saw the newest of it
 * @param staleReason why it may be old; empty if it is current
 */
public record ServiceState(
    Export export, EndpointList endpoints, Instant observedAt, String staleReason) {}
