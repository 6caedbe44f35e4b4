/**
 * Consul's config entries of the discovery chain (router, splitter, resolver, defaults) to a policy
 * of traffic, and back.
 */
@NullMarked
package io.meshbridge.adapter.consul.traffic;

import org.jspecify.annotations.NullMarked;
