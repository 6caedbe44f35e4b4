/** What tests of adapters and engine share: seeded properties, golden folders, builders. */
@NullMarked
package io.meshbridge.testkit;

import org.jspecify.annotations.NullMarked;
