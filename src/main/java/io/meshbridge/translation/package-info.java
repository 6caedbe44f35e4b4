/**
 * What can be said of native documents without a live mesh: their translation, and what became of
 * each of their fields. Pure; the command line and REST are its shells.
 */
@NullMarked
package io.meshbridge.translation;

import org.jspecify.annotations.NullMarked;
