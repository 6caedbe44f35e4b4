package io.meshbridge.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Paths;
import java.util.regex.Pattern;

/**
 * Classes that libraries look up by name when a bridge or a command starts, and that nobody else
 * registers for a native executable: picocli finds by {@link Paths} how a word becomes a file, and
 * Quarkus, by the others, how settings of its own become values.
 */
@RegisterForReflection(
    targets = {Paths.class, Pattern.class, InetAddress.class, InetSocketAddress.class},
    classNames = {
      "io.smallrye.common.net.CidrAddress",
      "io.quarkus.vertx.http.runtime.TrustedProxyCheck$TrustedProxyCheckPart"
    },
    methods = true,
    fields = false)
final class NativeNames {
  private NativeNames() {}
}
