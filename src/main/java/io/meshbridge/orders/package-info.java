/** What operators order, and who gave an order and why. */
@NullMarked
package io.meshbridge.orders;

import org.jspecify.annotations.NullMarked;
