/** Linkerd as a member of a federation, live and in files. */
@org.jspecify.annotations.NullMarked
package io.meshbridge.adapter.linkerd;
