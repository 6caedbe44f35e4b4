/** A Kubernetes API for tests: a real one where there is one, else one in memory that applies. */
@NullMarked
package io.meshbridge.testkit.kubernetes;

import org.jspecify.annotations.NullMarked;
