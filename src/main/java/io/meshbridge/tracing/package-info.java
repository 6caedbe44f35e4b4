/**
 * How a change is followed on its way, whatever follows it: what shells report, and the one value
 * that goes beside the records. Knows no framework.
 */
@NullMarked
package io.meshbridge.tracing;

import org.jspecify.annotations.NullMarked;
