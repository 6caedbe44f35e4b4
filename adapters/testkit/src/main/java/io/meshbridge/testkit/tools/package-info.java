/** Finds the real programs that tests run against. */
@NullMarked
package io.meshbridge.testkit.tools;

import org.jspecify.annotations.NullMarked;
