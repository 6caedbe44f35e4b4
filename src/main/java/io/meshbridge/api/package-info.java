/**
 * The door: REST below {@code /api/v1}, gRPC {@code meshbridge.v1}, and health. It answers from
 * memory, and changes nothing but for operators, who have to show that they are. Its records are
 * the interface; what they are made from may change. Messages of gRPC are made from the same
 * records.
 */
@NullMarked
package io.meshbridge.api;

import org.jspecify.annotations.NullMarked;
