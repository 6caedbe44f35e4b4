/**
 * The federation for those who only look, over HTTP: REST below {@code /api/v1}, and health. It
 * answers from memory and changes nothing. Its records are the interface; what they are made from
 * may change.
 */
@NullMarked
package io.meshbridge.api;

import org.jspecify.annotations.NullMarked;
