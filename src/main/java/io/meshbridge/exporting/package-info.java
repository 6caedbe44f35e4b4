/**
 * What a mesh offers: loop guard, difference to what its topic says already, publishing. The
 * deciding is pure; {@link io.meshbridge.exporting.ExportSession} acts.
 */
@NullMarked
package io.meshbridge.exporting;

import org.jspecify.annotations.NullMarked;
