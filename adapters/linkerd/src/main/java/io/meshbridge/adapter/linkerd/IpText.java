package io.meshbridge.adapter.linkerd;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Spells IP addresses in the one way in which everybody else does (RFC 5952). */
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? address.getHostAddress() : ofGroups(groupsOf(bytes));
  }

  private static String ofGroups(List<String> groups) {
    int start = 0;
    int length = 0;
    int at = 0;
    while (at < GROUPS) {
      int end = at;
      while (end < GROUPS && groups.get(end).equals("0")) {
        end++;
      }
      if (end - at > length) {
        start = at;
        length = end - at;
      }
      at = Math.max(end, at + 1);
    }
    // A single zero is spelled out.
    return length < 2
        ? String.join(":", groups)
        : String.join(":", groups.subList(0, start))
            + "::"
            + String.join(":", groups.subList(start + length, GROUPS));
  }

  private static List<String> groupsOf(byte[] bytes) {
    var groups = new ArrayList<String>(GROUPS);
    for (int i = 0; i < bytes.length; i += 2) {
      groups.add(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)));
    }
    return groups;
  }
}
