/**
 * What the federation speaks of: immutable values, validated where they are made, free of nulls and
 * of any framework. Names follow the Kubernetes Gateway API and Multi-Cluster Services API;
 * identities follow SPIFFE.
 */
@NullMarked
package io.meshbridge.model;

import org.jspecify.annotations.NullMarked;
