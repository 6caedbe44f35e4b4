package io.meshbridge.testkit.contract;

import io.meshbridge.spi.Document;

/**
 * One object as it stands in the mesh.
 *
 * @param version differs after every write, also after one that changes nothing: a resource
 *     version, a modify index, the bytes and the time of a file
 * @param document what it says, as its translator reads it; without what the mesh adds by itself,
 *     so that equal objects are equal documents
 */
public record NativeObject(String version, Document document) {}
