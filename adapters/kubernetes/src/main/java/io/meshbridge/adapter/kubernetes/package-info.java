/** What the meshes on Kubernetes share: informers, server-side apply, ownership. */
@NullMarked
package io.meshbridge.adapter.kubernetes;

import org.jspecify.annotations.NullMarked;
