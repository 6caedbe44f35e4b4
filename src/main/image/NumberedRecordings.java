import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Numbers the values that Quarkus' build steps recorded anew, in the order of the classes' names.
 *
 * <p>Quarkus counts them over all build steps, which run at the same time; so their names differ
 * from build to build. They are only names, under which one class puts a value and others get it.
 */
final class NumberedRecordings {
  private static final Pattern RECORDED = Pattern.compile("proxykey[0-9]+");

  private final Map<String, String> numbered = new LinkedHashMap<>();

  public static void main(String[] arguments) throws IOException {
    var jar = Path.of(arguments[0]);
    Files.write(jar, new NumberedRecordings().rewrite(Files.readAllBytes(jar)));
  }

  private byte[] rewrite(byte[] jar) throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    var times = new LinkedHashMap<String, ZipEntry>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
        times.put(entry.getName(), entry);
      }
    }
    for (var name : new TreeMap<>(entries).keySet()) {
      if (name.endsWith(".class")) {
        entries.put(name, renamed(entries.get(name)));
      }
    }
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        var written = new ZipEntry(entry.getKey());
        written.setTimeLocal(times.get(entry.getKey()).getTimeLocal());
        zip.putNextEntry(written);
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  /**
   * The class with other strings in its pool of constants, which nothing else in it counts in
   * bytes.
   */
  private byte[] renamed(byte[] type) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(type));
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(in.readNBytes(8));
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case 1 -> out.writeUTF(numbered(in.readUTF()));
        case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
        case 15 -> out.write(in.readNBytes(3));
        case 3, 4, 9, 10, 11, 12, 17, 18 -> out.write(in.readNBytes(4));
        case 5, 6 -> {
          out.write(in.readNBytes(8));
          i++;
        }
        default -> throw new IOException("A class has a constant of an unknown kind: " + tag + ".");
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private String numbered(String text) {
    if (!RECORDED.matcher(text).matches()) {
      return text;
    }
    return numbered.computeIfAbsent(text, key -> "proxykey" + (numbered.size() + 1));
  }
}
