/**
 * Reading native objects so that nothing is lost in silence: every field is read, lost with a
 * reason, or reported as unknown.
 */
@NullMarked
package io.meshbridge.spi.reading;

import org.jspecify.annotations.NullMarked;
