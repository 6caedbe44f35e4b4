/**
 * What a target mesh takes from the others: select, name, settle conflicts, translate, compare,
 * apply, try again. The deciding is pure; {@link io.meshbridge.importing.ImportSession} acts.
 */
@NullMarked
package io.meshbridge.importing;

import org.jspecify.annotations.NullMarked;
