/**
 * What a native executable of the bridge would not find: what bridges looked up by name on a JVM,
 * held against what Quarkus and the libraries have registered. Needs no GraalVM.
 */
package io.meshbridge.it.nativegap;
