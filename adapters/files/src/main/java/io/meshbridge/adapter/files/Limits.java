package io.meshbridge.adapter.files;

/**
 * How much of somebody's text is read before it is taken for an attack or an accident.
 *
 * @param fileBytes the largest file
 * @param depth how deeply mappings and lists may be nested, aliases followed
 * @param nodes how many values a document may have, aliases expanded
 * @param documents how many documents a file may have
 * @param lineLength the longest line of YAML, in characters: its parser takes quadratic time for a
 *     single long word
 */
record Limits(int fileBytes, int depth, int nodes, int documents, int lineLength) {
  /** Far above what people write, far below what hurts. */
  static final Limits DEFAULT = new Limits(16 * 1024 * 1024, 100, 500_000, 100_000, 1024 * 1024);
}
