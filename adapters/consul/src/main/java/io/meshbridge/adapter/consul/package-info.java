/** Consul: its catalog and health, to the model and back. */
@NullMarked
package io.meshbridge.adapter.consul;

import org.jspecify.annotations.NullMarked;
