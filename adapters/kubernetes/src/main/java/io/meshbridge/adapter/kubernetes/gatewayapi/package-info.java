/**
 * Reading the routes of the Gateway API whose parents are Services: what Istio and Linkerd share,
 * and where they differ ({@link io.meshbridge.adapter.kubernetes.gatewayapi.RouteDialect}).
 */
@NullMarked
package io.meshbridge.adapter.kubernetes.gatewayapi;

import org.jspecify.annotations.NullMarked;
