package io.meshbridge.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A CIDR block.
 *
 * @param network the first address' bits as a number
 * @param prefixLength 0 to 32, or 0 to 128
 * @param bits 32 for IPv4, 128 for IPv6
 */
public record AddressRange(BigInteger network, int prefixLength, int bits) {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  // Only literals go to InetAddress, which would otherwise ask the DNS: also for numbers and dots
  // that are no IPv4 address.
  private static final Pattern LITERAL =
      Pattern.compile("(%s\\.){3}%s|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*".formatted(OCTET, OCTET));

  /** Reads {@code address/length}; empty if it is no CIDR block. */
  public static Optional<AddressRange> parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    return literal(text.substring(0, slash))
        .filter(address -> length <= address.getAddress().length * 8)
        .map(address -> new AddressRange(number(address), length, address.getAddress().length * 8));
  }

  /**
   * The address that a text spells in the one usual way; empty for a host name, for a zone, and for
   * numbers in any other spelling. An IPv4 address inside an IPv6 one is the IPv4 address.
   */
  public static Optional<InetAddress> literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException noLiteralAfterAll) {
      return Optional.empty();
    }
  }

  /** Whether an address lies in the block; a host name lies in none. */
  public boolean contains(String address) {
    return literal(address).filter(this::contains).isPresent();
  }

  /** Whether every address of the other block lies in this one. */
  public boolean covers(AddressRange other) {
    return other.bits == bits
        && other.prefixLength >= prefixLength
        && other
            .network
            .shiftRight(bits - prefixLength)
            .equals(network.shiftRight(bits - prefixLength));
  }

  /** Whether an address lies in the block. */
  public boolean contains(InetAddress address) {
    return address.getAddress().length * 8 == bits
        && number(address)
            .shiftRight(bits - prefixLength)
            .equals(network.shiftRight(bits - prefixLength));
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }
}
