/**
 * The guard against mass deletion (rule 3 of the design): what goes together beyond a share is held
 * until an operator confirms it, or until it is back.
 */
@NullMarked
package io.meshbridge.guard;

import org.jspecify.annotations.NullMarked;
