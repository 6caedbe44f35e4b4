package io.meshbridge.testkit.tools;

import io.meshbridge.testkit.tools.RealBinary.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A program out of a Debian package, unpacked into the user's cache without installing anything.
 * The archive is the one that this machine's apt is configured with.
 */
final class DebianArchive {
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  /** What the archive's index says of a package. */
  record Listed(String fileName, String sha256) {}

  /**
   * The program, from the cache if it was unpacked before.
   *
   * @throws IOException if this is no Debian, or the archive cannot be reached or does not have it
   */
  Path program(Wanted wanted) throws IOException, InterruptedException {
    for (String tool : List.of("apt-get", "dpkg", "dpkg-deb")) {
      if (Programs.onPath(tool).isEmpty()) {
        throw new IOException("this machine has no " + tool);
      }
    }
    var architecture = text(List.of("dpkg", "--print-architecture")).strip();
    var home =
        cache().resolve(wanted.program() + "-" + wanted.debianRelease() + "-" + architecture);
    var program = home.resolve(wanted.pathInPackage());
    if (!Files.isExecutable(program)) {
      fetch(wanted, architecture, home);
    }
    if (!Files.isExecutable(program)) {
      throw new IOException("package " + wanted.debianPackage() + " lacks " + program);
    }
    return program;
  }

  private void fetch(Wanted wanted, String architecture, Path home)
      throws IOException, InterruptedException {
    var base = archive();
    var folder = "dists/" + wanted.debianRelease() + "/main/binary-" + architecture + "/";
    var listed = find(index(base, folder), wanted.debianPackage());
    var bytes = download(base + listed.fileName());
    var digest = sha256(bytes);
    if (!digest.equals(listed.sha256())) {
      throw new IOException(
          listed.fileName() + " has SHA-256 " + digest + ", but is listed with " + listed.sha256());
    }
    Files.createDirectories(cache());
    // Unpacked beside its place and moved there in one step: two test runs may do this at once.
    var unpacked = Files.createTempDirectory(cache(), "unpack-");
    var deb = unpacked.resolve("package.deb");
    Files.write(deb, bytes);
    var root = unpacked.resolve("root");
    Programs.output(List.of("dpkg-deb", "-x", deb.toString(), root.toString()));
    try {
      Files.move(root, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException somebodyWasFaster) {
      if (!Files.isExecutable(home.resolve(wanted.pathInPackage()))) {
        throw somebodyWasFaster;
      }
      deleteTree(root);
    }
    Files.deleteIfExists(deb);
    Files.deleteIfExists(unpacked);
  }

  /** The base address of Debian's main archive, as apt is configured. */
  private static String archive() throws IOException, InterruptedException {
    var targets =
        text(List.of("apt-get", "indextargets", "--format", "$(REPO_URI)|$(RELEASE)|$(ORIGIN)"));
    for (String line : targets.lines().toList()) {
      var parts = List.of(line.split("\\|", -1));
      var address = parts.getFirst();
      var isMain = !parts.get(1).contains("-");
      if (isMain
          && address.startsWith("http")
          && address.contains("debian")
          && !address.contains("security")) {
        return address.endsWith("/") ? address : address + "/";
      }
    }
    throw new IOException("apt names no main archive of Debian");
  }

  private String index(String base, String folder) throws IOException, InterruptedException {
    if (Programs.onPath("xz").isPresent()) {
      var packed = Files.createTempFile("meshbridge-packages-", ".xz");
      try {
        Files.write(packed, download(base + folder + "Packages.xz"));
        return text(List.of("xz", "-dc", packed.toString()));
      } finally {
        Files.deleteIfExists(packed);
      }
    }
    var packed = download(base + folder + "Packages.gz");
    try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(unpacking.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Listed find(String index, String name) throws IOException {
    var at = ("\n" + index).indexOf("\nPackage: " + name + "\n");
    if (at < 0) {
      throw new IOException("the archive has no package " + name);
    }
    var end = index.indexOf("\n\n", at);
    var stanza = index.substring(at, end < 0 ? index.length() : end);
    return new Listed(field(stanza, "Filename"), field(stanza, "SHA256"));
  }

  private static String field(String stanza, String name) throws IOException {
    return stanza
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst()
        .orElseThrow(() -> new IOException("the archive's index lacks " + name));
  }

  private byte[] download(String address) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(3)).build();
    var response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("the archive answered " + response.statusCode());
    }
    return response.body();
  }

  private static Path cache() {
    var configured = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    var base =
        configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return base.resolve("meshbridge-tests");
  }

  private static void deleteTree(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String text(List<String> command) throws IOException, InterruptedException {
    return new String(Programs.output(command), StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
