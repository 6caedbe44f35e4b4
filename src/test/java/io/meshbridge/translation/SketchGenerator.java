package io.meshbridge.translation;

import io.meshbridge.translation.Sketch.Edits;
import io.meshbridge.translation.Sketch.Path;
import io.meshbridge.translation.Sketch.Redirect;
import io.meshbridge.translation.Sketch.Rule;
import io.meshbridge.translation.Sketch.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Makes sketches: such as all meshes can say alike, and wilder ones. */
final class SketchGenerator {
  static final List<String> PATHS =
      List.of("/a", "/ab", "/b/c", "/cart", "/shop/items", "/v1.0/x", "/a-b/c_d");
  static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  static final List<String> HEADERS = List.of("x-user", "x-env", "cookie");
  static final List<String> PARAMETERS = List.of("q", "page");
  static final List<Text> TEXTS =
      List.of(
          new Text(false, "beta"),
          new Text(false, "a.b"),
          new Text(true, "v[0-9]+"),
          new Text(true, "(dev|test)-.*"),
          new Text(true, ".*x.*"));

  private final RandomGenerator random;

  SketchGenerator(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Rules in the common safe core. Rules of different paths never meet; those of one path stand in
   * the order in which the Gateway API prefers them; the last takes the rest.
   *
   * @param mayRedirect whether there may be redirects: only of port 80, since meshes disagree on
   *     what becomes of another port that a redirect does not name
   */
  Sketch core(boolean mayRedirect) {
    int port = port();
    boolean redirects = mayRedirect && port == 80;
    var rules = new ArrayList<Rule>();
    for (String value : some(List.of("/a", "/b/c", "/cart", "/shop/items", "/v1.0/x"))) {
      var kind = random.nextBoolean() ? Path.Kind.EXACT : Path.Kind.SEGMENTS;
      rules.addAll(ofOnePath(Optional.of(new Path(kind, value)), redirects));
    }
    rules.addAll(ofOnePath(Optional.empty(), redirects));
    if (!rules.getLast().takesAll()) {
      rules.add(plain(Optional.empty(), redirects));
    }
    return new Sketch(rules, port, false, random.nextBoolean());
  }

  /** Rules for gRPC in the common safe core: methods before their services, each once. */
  Sketch calls() {
    var rules = new ArrayList<Rule>();
    for (String service : some(List.of("shop.Web", "shop.Cart", "a.b.C"))) {
      for (String method : some(List.of("Get", "Put"))) {
        addCalls(new Path(Path.Kind.EXACT, "/" + service + "/" + method), rules);
      }
      if (random.nextBoolean()) {
        addCalls(new Path(Path.Kind.LETTERS, "/" + service + "/"), rules);
      }
    }
    rules.add(call(Optional.empty(), new TreeMap<>()));
    return new Sketch(rules, port(), true, random.nextBoolean());
  }

  private void addCalls(Path path, List<Rule> rules) {
    if (random.nextBoolean()) {
      var headers = texts(HEADERS);
      if (!headers.isEmpty()) {
        rules.add(call(Optional.of(path), headers));
      }
    }
    rules.add(call(Optional.of(path), new TreeMap<>()));
  }

  private Rule call(Optional<Path> path, SortedMap<String, Text> headers) {
    var plain = plain(path, false);
    return new Rule(
        path,
        "",
        headers,
        new TreeMap<>(),
        plain.weights(),
        plain.request(),
        plain.response(),
        Optional.empty(),
        Optional.empty());
  }

  private int port() {
    return oneOf(List.of(80, 8080));
  }

  /** Any rules in any order. */
  Sketch wild() {
    var rules = new ArrayList<Rule>();
    int count = random.nextInt(1, 6);
    boolean redirects = random.nextInt(3) == 0;
    for (int i = 0; i < count; i++) {
      rules.add(anyRule(redirects));
    }
    if (random.nextInt(5) > 0) {
      rules.add(plain(Optional.empty(), redirects));
    }
    return new Sketch(rules, port(), false, random.nextBoolean());
  }

  private List<Rule> ofOnePath(Optional<Path> path, boolean redirects) {
    var rules = new ArrayList<Rule>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      rules.add(conditional(path, redirects));
    }
    rules.sort(
        Comparator.<Rule>comparingInt(rule -> rule.method().isEmpty() ? 1 : 0)
            .thenComparing(rule -> -rule.headers().size())
            .thenComparing(rule -> -rule.query().size()));
    if (rules.isEmpty() || (path.isPresent() && random.nextBoolean())) {
      rules.add(plain(path, redirects));
    }
    return rules;
  }

  private Rule anyRule(boolean redirects) {
    Optional<Path> path = Optional.empty();
    if (random.nextInt(5) > 0) {
      var value = oneOf(PATHS);
      path =
          Optional.of(
              switch (random.nextInt(4)) {
                case 0 -> new Path(Path.Kind.EXACT, value);
                case 1 -> new Path(Path.Kind.SEGMENTS, value);
                case 2 -> new Path(Path.Kind.LETTERS, value);
                default -> new Path(Path.Kind.REGEX, value.replace(".", "\\.") + "(/[a-z]+)?");
              });
    }
    return random.nextBoolean() ? conditional(path, redirects) : plain(path, redirects);
  }

  private Rule conditional(Optional<Path> path, boolean redirects) {
    var plain = plain(path, redirects);
    return new Rule(
        path,
        random.nextInt(3) == 0 ? oneOf(METHODS) : "",
        texts(HEADERS),
        texts(PARAMETERS),
        plain.weights(),
        plain.request(),
        plain.response(),
        plain.redirect(),
        plain.timeout());
  }

  private Rule plain(Optional<Path> path, boolean redirects) {
    Optional<Redirect> redirect =
        redirects && random.nextInt(6) == 0 ? Optional.of(redirect()) : Optional.empty();
    return new Rule(
        path,
        "",
        new TreeMap<>(),
        new TreeMap<>(),
        redirect.isPresent() || random.nextBoolean() ? List.of() : weights(),
        edits("x-to-", redirect.isPresent()),
        edits("x-back-", redirect.isPresent()),
        redirect,
        redirect.isPresent() || random.nextBoolean()
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(oneOf(List.of(250, 3_000, 90_000)))));
  }

  /** Parts of a hundred. */
  private List<Integer> weights() {
    int first = random.nextInt(21) * 5;
    int second = random.nextInt((100 - first) / 5 + 1) * 5;
    return List.of(first, second, 100 - first - second);
  }

  /** Elsewhere: no mesh takes a redirect to where the request came from. */
  private Redirect redirect() {
    var scheme = oneOf(List.of("", "http", "https"));
    var host = oneOf(List.of("", "other.example.org"));
    boolean elsewhere = !host.isEmpty() || scheme.equals("https");
    return new Redirect(
        scheme, host, elsewhere ? oneOf(List.of(0, 8443)) : 8443, oneOf(List.of(301, 302)));
  }

  private Edits edits(String prefix, boolean none) {
    var set = new TreeMap<String, String>();
    var add = new TreeMap<String, String>();
    var remove = new ArrayList<String>();
    if (!none && random.nextInt(3) == 0) {
      set.put(prefix + "set", "one");
    }
    if (!none && random.nextInt(3) == 0) {
      add.put(prefix + "add", "two three");
    }
    if (!none && random.nextInt(3) == 0) {
      remove.add(prefix + "gone");
    }
    return new Edits(set, add, remove);
  }

  private SortedMap<String, Text> texts(List<String> names) {
    var texts = new TreeMap<String, Text>();
    for (String name : names) {
      if (random.nextInt(3) == 0) {
        texts.put(name, oneOf(TEXTS));
      }
    }
    return texts;
  }

  private <T> List<T> some(List<T> values) {
    return values.stream().filter(value -> random.nextInt(3) > 0).toList();
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
