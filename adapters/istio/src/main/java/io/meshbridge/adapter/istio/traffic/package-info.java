/** Istio's VirtualServices and DestinationRules, to the model's policy of traffic and back. */
@NullMarked
package io.meshbridge.adapter.istio.traffic;

import org.jspecify.annotations.NullMarked;
