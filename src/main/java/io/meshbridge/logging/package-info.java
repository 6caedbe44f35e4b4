/** What becomes of our log lines on their way to whoever collects them. */
@NullMarked
package io.meshbridge.logging;

import org.jspecify.annotations.NullMarked;
