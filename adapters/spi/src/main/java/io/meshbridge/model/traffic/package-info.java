/**
 * How a mesh treats the traffic to a service: rules that route, and how the endpoints behind are
 * used. Words and meaning are those of the Gateway API, with what meshes say beyond it.
 */
@NullMarked
package io.meshbridge.model.traffic;

import org.jspecify.annotations.NullMarked;
