package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * fabric8's mock server over an API of our own: the one that it brings answers 404 to an apply that
 * creates, knows no managed fields, no versions and no history.
 */
final class MemoryApiServer implements ApiBackend {
  private final ObjectMapper json = new ObjectMapper();
  private final MemoryObjects objects = new MemoryObjects();
  private final LineRequests line = new LineRequests();
  private final MemoryApi api;
  private final KubernetesMockServer server;

  MemoryApiServer() {
    this(Integer.MAX_VALUE);
  }

  /** With cluster addresses for that many Services. */
  MemoryApiServer(int mostServices) {
    api = new MemoryApi(objects, json, mostServices);
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Answers(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public String description() {
    return "in memory";
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String caCertificate() {
    return "";
  }

  @Override
  public String token() {
    return "";
  }

  @Override
  public void close() {
    server.destroy();
  }

  void forgetHistory() {
    objects.forgetHistory();
  }

  void expireNextPage() {
    api.expireNextPage();
  }

  /** The requests that did not come straight to this server's own port. */
  LineRequests line() {
    return line;
  }

  /** Puts an object that a test has made, as it is, without the detour over HTTP. */
  void put(String collection, ObjectNode object) {
    var metadata = object.path("metadata");
    var key = metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    objects.alone(() -> objects.put(collection, key, object));
  }

  private final class Answers extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      try {
        return answer(request);
      } catch (ApiError failure) {
        return response(failure.code(), failure.status());
      } catch (IOException | RuntimeException fault) {
        // Seen by the client as a server that is broken, with the reason in its exception.
        return new MockResponse().setResponseCode(500).setBody(String.valueOf(fault));
      }
    }

    private MockResponse answer(RecordedRequest request) throws IOException {
      var address = request.getPath();
      if (!String.valueOf(request.getHeader("Host")).endsWith(":" + port())) {
        var refused = line.take(request.getMethod() + " " + address);
        if (refused.isPresent()) {
          return refused.orElseThrow();
        }
      }
      if (address.startsWith("/version")) {
        return response(200, json.createObjectNode().put("major", "1").put("minor", "36"));
      }
      var path = ApiPath.parse(address).orElseThrow(() -> ApiError.notFound("page " + address));
      api.requireKnown(path);
      if (path.parameter("watch").equals("true")) {
        return new MockResponse().withWebSocketUpgrade(new Watching(path));
      }
      var body = Objects.requireNonNullElse(request.getUtf8Body(), "");
      return switch (request.getMethod()) {
        case "GET" -> response(200, path.name().isEmpty() ? api.list(path) : api.get(path));
        case "POST" -> response(201, api.create(path, (ObjectNode) json.readTree(body)));
        case "PUT" -> response(200, api.update(path, (ObjectNode) json.readTree(body)));
        case "PATCH" ->
            response(
                200,
                api.patch(
                    path, Objects.requireNonNullElse(request.getHeader("Content-Type"), ""), body));
        case "DELETE" -> response(200, api.delete(path, body));
        default -> response(405, json.createObjectNode());
      };
    }

    private MockResponse response(int code, JsonNode body) {
      return new MockResponse()
          .setResponseCode(code)
          .setHeader("Content-Type", "application/json")
          .setBody(body.toString());
    }
  }

  /** One watch, from its opening to its end. */
  private final class Watching extends WebSocketListener {
    private final ApiPath path;
    private final AtomicReference<MemoryObjects.Watcher> watcher = new AtomicReference<>();

    Watching(ApiPath path) {
      this.path = path;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      var from = path.parameter("resourceVersion");
      var told =
          new MemoryObjects.Watcher(
              path.collection(), Selector.of(path), event -> socket.send(inVersion(event)));
      watcher.set(told);
      try {
        objects.watch(from.isEmpty() ? 0 : Long.parseLong(from), told);
      } catch (ApiError gone) {
        var event = json.createObjectNode().put("type", "ERROR");
        event.set("object", gone.status());
        socket.send(event.toString());
        socket.close(1000, "history is gone");
      }
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      end();
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      end();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable cause, Response response) {
      end();
    }

    private void end() {
      objects.unwatch(watcher.get());
    }

    private String inVersion(ObjectNode event) {
      var copy = event.deepCopy();
      ((ObjectNode) copy.get("object")).put("apiVersion", path.apiVersion());
      return copy.toString();
    }
  }
}
