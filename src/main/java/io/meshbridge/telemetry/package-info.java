/** Changes as spans of OpenTelemetry: the only package that knows of it. */
@NullMarked
package io.meshbridge.telemetry;

import org.jspecify.annotations.NullMarked;
