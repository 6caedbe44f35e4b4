/** What stands in {@code k8s/} is what {@code docs/install.md} says, and servers take it. */
package io.meshbridge.deployment;
