/** Istio: Services and ServiceEntries on a Kubernetes API, to the model and back. */
@NullMarked
package io.meshbridge.adapter.istio;

import org.jspecify.annotations.NullMarked;
