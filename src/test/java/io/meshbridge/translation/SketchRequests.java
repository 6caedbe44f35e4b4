package io.meshbridge.translation;

import io.meshbridge.testkit.reference.Client;
import io.meshbridge.testkit.reference.Request;
import io.meshbridge.translation.Sketch.Rule;
import io.meshbridge.translation.Sketch.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Requests that are likely to hit the edges of a sketch's rules. */
final class SketchRequests {
  private static final List<String> VALUES =
      List.of("beta", "a.b", "axb", "v1", "v12", "v", "dev-1", "dev", "xx", "", "BETA");
  private static final List<String> ENDS = List.of("", "", "/", "x", "/x", "/x/y", "X");

  private final RandomGenerator random;

  SketchRequests(RandomGenerator random) {
    this.random = random;
  }

  /** One request to a service. */
  Request to(String service, Sketch sketch) {
    var rule = oneOf(sketch.rules());
    var request =
        (sketch.grpc() ? call(service, sketch, rule) : plain(service, sketch, rule))
            .answeredWith("server", "web")
            .answeredWith("x-back-gone", "1")
            .answeredWith("x-back-add", "1")
            .withHeader("x-to-gone", "1")
            .withHeader("x-to-add", "1")
            .from(client());
    for (String name : SketchGenerator.HEADERS) {
      var text = rule.headers().get(name);
      if (text == null ? !often() : often()) {
        request = request.withHeader(name, value(rule.headers(), name));
      }
    }
    for (String name : SketchGenerator.PARAMETERS) {
      var text = rule.query().get(name);
      if (text == null ? !often() : often()) {
        request = request.withQuery(name, value(rule.query(), name));
      }
    }
    return request;
  }

  private Request plain(String service, Sketch sketch, Rule rule) {
    return Request.get(service, sketch.port(), path(rule))
        .withMethod(rule.method().isEmpty() || often() ? method(rule) : "PATCH");
  }

  private Request call(String service, Sketch sketch, Rule rule) {
    var path = rule.path().map(Sketch.Path::value).orElse("/other.Service/");
    var method = path.endsWith("/") ? path + oneOf(List.of("Get", "Put", "Delete")) : path;
    return Request.grpc(service, sketch.port(), often() ? method : "/shop.Web/Delete");
  }

  private Client client() {
    return often()
        ? Client.ANY
        : new Client("test", new TreeMap<>(Map.of("app", oneOf(List.of("web", "job")))));
  }

  private String method(Rule rule) {
    return rule.method().isEmpty() ? oneOf(SketchGenerator.METHODS) : rule.method();
  }

  private String path(Rule rule) {
    var base =
        rule.path()
            .map(path -> path.value().replace("\\", "").replace("(/[a-z]+)?", ""))
            .filter(path -> often())
            .orElseGet(() -> oneOf(SketchGenerator.PATHS));
    return switch (random.nextInt(12)) {
      case 0 -> "/";
      case 1 -> "/other";
      case 2 -> base.replace(".", "x");
      case 3 -> base.toUpperCase(Locale.ROOT);
      default -> base + oneOf(ENDS);
    };
  }

  private String value(Map<String, Text> conditions, String name) {
    var text = conditions.get(name);
    if (text == null || !often()) {
      return oneOf(VALUES);
    }
    return switch (text.value()) {
      case "v[0-9]+" -> "v7";
      case "(dev|test)-.*" -> "test-3";
      case ".*x.*" -> "axb";
      default -> text.value();
    };
  }

  private boolean often() {
    return random.nextInt(5) > 0;
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
