package io.meshbridge.testkit.reference;

/**
 * A part of a native object that had a say in what became of a request.
 *
 * @param kind as the object spells it
 * @param name without a namespace
 * @param path where the part stands in the object, such as {@code spec.http[1]}
 */
public record Cause(String kind, String name, String path) {}
