package io.meshbridge.model.traffic;

/**
 * A field of a native object that a part of a policy was read from.
 *
 * @param object the object, such as {@code VirtualService shop/web}
 * @param path the field in it, such as {@code spec.http[0].timeout}
 */
public record FieldRef(String object, String path) {}
