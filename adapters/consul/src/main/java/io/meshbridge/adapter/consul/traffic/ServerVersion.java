package io.meshbridge.adapter.consul.traffic;

import java.util.regex.Pattern;

/** The version of a Consul server, such as {@code 1.14.2+ent}. */
public record ServerVersion(int major, int minor, int patch, boolean enterprise) {
  /** Newer than all that is known. */
  public static final ServerVersion NEWEST = new ServerVersion(Integer.MAX_VALUE, 0, 0, false);

  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");

  /** What the server says of itself; the newest if it says nothing that could be understood. */
  public static ServerVersion parse(String text) {
    var matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      return NEWEST;
    }
    var patch = matcher.group(3);
    return new ServerVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        patch == null ? 0 : Integer.parseInt(patch),
        text.contains("+ent"));
  }

  /** Whether the server can do that. */
  public boolean has(Feature feature) {
    return feature.isIn(this);
  }

  boolean isAtLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
    if (major != wantedMajor) {
      return major > wantedMajor;
    }
    return minor == wantedMinor ? patch >= wantedPatch : minor > wantedMinor;
  }
}
