package io.meshbridge.spi;

import java.util.Map;

/**
 * One native object that a translator wrote, in canonical order: equal imports give equal bytes.
 *
 * @param name unique among the documents of one import, and fit to be part of a file name
 * @param content nested maps, lists, strings, numbers and booleans; maps iterate in the order in
 *     which the fields shall be printed
 */
public record NativeDocument(String name, Map<String, Object> content) {}
