/**
 * Access tokens of an issuer (OpenID Connect): whether one is right, and whose it is. What its
 * owner may do is decided at the door.
 */
@NullMarked
package io.meshbridge.oidc;

import org.jspecify.annotations.NullMarked;
