package io.meshbridge.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Addresses to which no mesh may send another mesh's clients: they mean another machine to each who
 * calls them, or nobody, or reach what hands out a machine's secrets. From IANA's registries of
 * special-purpose addresses, and the clouds' own documents.
 *
 * @param inWords what such an address is, with its article
 * @param blocks where it lies
 */
public record ForbiddenRange(String inWords, List<AddressRange> blocks) {
  // What is named first counts: metadata services lie on link-local addresses, too.
  private static final List<ForbiddenRange> ALL =
      List.of(
          range("an unspecified address", "0.0.0.0/8", "::/128"),
          range("a loopback address", "127.0.0.0/8", "::1/128"),
          // AWS, Azure, Alibaba, Oracle, Google.
          range(
              "an address of a cloud's metadata service",
              "169.254.169.254/32",
              "169.254.170.0/24",
              "168.63.129.16/32",
              "100.100.100.200/32",
              "192.0.0.192/32",
              "fd00:ec2::/32",
              "fd20:ce::254/128"),
          range("a link-local address", "169.254.0.0/16", "fe80::/10"),
          range("a multicast address", "224.0.0.0/4", "ff00::/8"),
          range("a broadcast address", "255.255.255.255/32"));

  // IPv6 addresses that lead to the IPv4 address in them: compatible and mapped (RFC 4291),
  // translated (RFC 2765), NAT64 (RFC 6052 and 8215).
  private static final List<AddressRange> ENDING_IN_IPV4 =
      blocks("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48");
  private static final AddressRange SIX_TO_FOUR = blocks("2002::/16").getFirst();

  /** Copies. */
  public ForbiddenRange {
    blocks = List.copyOf(blocks);
  }

  /** In which of them an address lies, also if it only leads to an IPv4 address that does. */
  public static Optional<ForbiddenRange> of(InetAddress address) {
    return ALL.stream()
        .filter(range -> range.blocks.stream().anyMatch(block -> block.contains(address)))
        .findFirst()
        .or(() -> embedded(address).flatMap(ForbiddenRange::of));
  }

  private static Optional<InetAddress> embedded(InetAddress address) {
    if (!(address instanceof Inet6Address six)) {
      return Optional.empty();
    }
    if (SIX_TO_FOUR.contains(six)) {
      return Optional.of(ipv4At(2, six));
    }
    boolean endsInIpv4 =
        isMapped(six) || ENDING_IN_IPV4.stream().anyMatch(block -> block.contains(six));
    return endsInIpv4 ? Optional.of(ipv4At(12, six)) : Optional.empty();
  }

  /** Who parses text never meets one; who asks a name server may. */
  private static boolean isMapped(Inet6Address address) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  private static InetAddress ipv4At(int from, Inet6Address address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4));
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("four bytes are an IPv4 address", wrongLength);
    }
  }

  private static ForbiddenRange range(String inWords, String... blocks) {
    return new ForbiddenRange(inWords, blocks(blocks));
  }

  private static List<AddressRange> blocks(String... texts) {
    return Arrays.stream(texts).map(text -> AddressRange.parse(text).orElseThrow()).toList();
  }
}
