/**
 * A fourth make of mesh, as an example: a catalog of names in a text file. It is written against
 * the SPI and tested with the testkit, and knows nothing else of this house. {@code
 * docs/write-an-adapter.md} explains it.
 */
package io.meshbridge.fourth;
