package io.meshbridge.testkit.contract;

/**
 * How somebody spoils one field of an object that the bridge wrote.
 *
 * @param field which one, for people
 * @param deed does it, natively
 */
public record Tampering(String field, Runnable deed) {}
