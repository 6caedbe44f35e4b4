/**
 * The log, folded into memory: immutable states over persistent maps, so that one change costs the
 * same whatever the number of services.
 */
@NullMarked
package io.meshbridge.catalog;

import org.jspecify.annotations.NullMarked;
