package io.meshbridge.it;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A message in the wire format of Protocol Buffers, read without its schema: whoever asks for a
 * field knows its number and its type.
 */
record WireMessage(List<Field> fields) {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** A field as it stands on the wire; {@code bytes} is empty unless it is of that type. */
  private record Field(int number, long value, ByteBuffer bytes) {}

  static WireMessage read(byte[] message) {
    var in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    var fields = new ArrayList<Field>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      int number = (int) (tag >>> 3);
      int type = (int) (tag & 7);
      fields.add(
          switch (type) {
            case VARINT -> new Field(number, varint(in), NOTHING);
            case EIGHT_BYTES -> new Field(number, in.getLong(), NOTHING);
            case FOUR_BYTES -> new Field(number, in.getInt(), NOTHING);
            case BYTES -> {
              var bytes = new byte[(int) varint(in)];
              in.get(bytes);
              yield new Field(number, 0, ByteBuffer.wrap(bytes));
            }
            default -> throw new IllegalArgumentException("no wire type: " + type);
          });
    }
    return new WireMessage(List.copyOf(fields));
  }

  /** All messages that a repeated field holds. */
  List<WireMessage> messages(int number) {
    return all(number).map(field -> read(field.bytes().array())).toList();
  }

  /** The text of a field; empty if it is not there. */
  String text(int number) {
    return all(number)
        .map(field -> new String(field.bytes().array(), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  /** The bytes of a field in hexadecimal digits; empty if it is not there. */
  String hex(int number) {
    return all(number)
        .map(field -> HexFormat.of().formatHex(field.bytes().array()))
        .findFirst()
        .orElse("");
  }

  /** The number in a field; 0 if it is not there. */
  long number(int number) {
    return all(number).mapToLong(Field::value).findFirst().orElse(0);
  }

  private Stream<Field> all(int number) {
    return fields.stream().filter(field -> field.number() == number);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }
}
