/**
 * What the meshes themselves do with a request, told from their native documents alone: one
 * evaluator per make, written after that make's own source. Shares nothing with the translators, so
 * that the two can be held against each other.
 */
@NullMarked
package io.meshbridge.testkit.reference;

import org.jspecify.annotations.NullMarked;
