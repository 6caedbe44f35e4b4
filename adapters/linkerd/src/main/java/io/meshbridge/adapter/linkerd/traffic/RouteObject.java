package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import java.util.Map;
import java.util.SortedMap;

/**
 * A route that shall stand beside an import's Service.
 *
 * @param kind what it is about
 * @param key its namespace and name
 * @param annotations what Linkerd reads of it there
 * @param spec in canonical order
 */
public record RouteObject(
    RouteKind kind,
    ResourceKey key,
    SortedMap<String, String> annotations,
    Map<String, Object> spec) {}
