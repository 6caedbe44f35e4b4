package io.meshbridge.demo;

/**
 * A change that travelled.
 *
 * @param from the mesh in which it was made
 * @param to the mesh in which it was seen
 * @param service the service's name at its origin
 * @param what what was changed
 * @param file where it was seen
 * @param ms from the moment when it stood at its origin to its sight, in milliseconds
 */
record Change(String from, String to, String service, String what, String file, long ms) {}
