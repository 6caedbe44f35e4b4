/** Linkerd's policy of traffic, both ways: routes, annotations, profiles, splits. */
@NullMarked
package io.meshbridge.adapter.linkerd.traffic;

import org.jspecify.annotations.NullMarked;
