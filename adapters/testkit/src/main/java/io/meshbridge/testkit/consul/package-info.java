/** A real Consul agent for tests. */
@NullMarked
package io.meshbridge.testkit.consul;

import org.jspecify.annotations.NullMarked;
