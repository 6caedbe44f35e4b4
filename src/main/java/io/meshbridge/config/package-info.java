/**
 * One typed, validated, documented tree of settings. Every level of it is a list of {@link
 * io.meshbridge.spi.SettingSpec}s, checked by one mechanism, so that all faults are told at once.
 */
@NullMarked
package io.meshbridge.config;

import org.jspecify.annotations.NullMarked;
