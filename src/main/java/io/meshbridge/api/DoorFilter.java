package io.meshbridge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Stands before REST and gRPC, and says of every request who makes it. */
@Singleton
final class DoorFilter {
  private static final String CALLER = "meshbridge.caller";
  private static final String END = "meshbridge.end";
  private static final String GRPC = "application/grpc";
  private static final Set<String> GRPC_TYPES = Set.of(GRPC, "application/grpc+proto");
  private static final Set<String> ENCODINGS = Set.of("identity", "gzip");
  private static final int BEFORE_ALL_ELSE = 1_000;

  private final Doorkeeper keeper;
  private final DoorSocket socket;
  private final ObjectMapper json;

  DoorFilter(Doorkeeper keeper, DoorSocket socket, ObjectMapper json) {
    this.keeper = keeper;
    this.socket = socket;
    this.json = json;
  }

  /** Who makes the request that is handled on this thread; nobody if that is not known. */
  static Caller caller() {
    var context = Vertx.currentContext();
    return context != null && context.getLocal(CALLER) instanceof Caller known
        ? known
        : Caller.NOBODY;
  }

  /** What is to be done when the call that is handled on this thread is over. */
  static void whenOver(Runnable then) {
    var context = Vertx.currentContext();
    if (context != null && context.getLocal(END) instanceof CallEnd end) {
      end.then(then);
    }
  }

  /** Who makes a request of REST. */
  static Caller caller(RoutingContext request) {
    return request.get(CALLER) instanceof Caller known ? known : Caller.NOBODY;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, BEFORE_ALL_ELSE);
  }

  private void handle(RoutingContext request) {
    boolean isGrpc = mediaType(request.request()).startsWith(GRPC);
    if (!isGrpc && !request.normalizedPath().startsWith("/api")) {
      // Health, metrics and the description: for probes, which may show whatever they like.
      request.next();
      return;
    }
    Doorkeeper.Identity identity;
    try {
      if (isGrpc) {
        requireGrpc(request.request());
      }
      identity = keeper.identify(shown(request.request()));
    } catch (RefusedException refused) {
      refuse(request, isGrpc, refused.refusal());
      return;
    }
    switch (identity) {
      case Doorkeeper.Identity.Known(var caller) -> letIn(request, caller);
      case Doorkeeper.Identity.Issued issued -> letInLater(request, isGrpc, issued);
    }
  }

  private static void letIn(RoutingContext request, Caller caller) {
    request.put(CALLER, caller);
    var end = new CallEnd();
    request.addEndHandler(ignored -> end.reached());
    Optional.ofNullable(Vertx.currentContext())
        .ifPresent(
            context -> {
              context.putLocal(CALLER, caller);
              context.putLocal(END, end);
            });
    request.next();
  }

  /** Finds out on a thread that may wait. Until then nothing more is read of the request. */
  private void letInLater(
      RoutingContext request, boolean isGrpc, Doorkeeper.Identity.Issued issued) {
    var here = request.vertx().getOrCreateContext();
    request.request().pause();
    Thread.ofVirtual()
        .name("door-token")
        .start(
            () -> {
              var next = afterwards(request, isGrpc, issued);
              here.runOnContext(
                  ignored -> {
                    if (!request.response().closed()) {
                      request.request().resume();
                      next.run();
                    }
                  });
            });
  }

  private Runnable afterwards(
      RoutingContext request, boolean isGrpc, Doorkeeper.Identity.Issued issued) {
    try {
      var caller = issued.find();
      return () -> letIn(request, caller);
    } catch (RefusedException refused) {
      return () -> refuse(request, isGrpc, refused.refusal());
    } catch (RuntimeException | Error bug) {
      // Whatever it is, somebody waits for an answer.
      return () -> request.fail(bug);
    }
  }

  /** What the framework would answer with a failure, or without our words. */
  private static void requireGrpc(HttpServerRequest request) {
    var encoding = Optional.ofNullable(request.getHeader("grpc-encoding")).orElse("identity");
    boolean isCall =
        request.version() == HttpVersion.HTTP_2
            && request.method().equals(HttpMethod.POST)
            && GRPC_TYPES.contains(mediaType(request))
            && ENCODINGS.contains(encoding);
    if (!isCall) {
      throw new RefusedException(
          new Refusal(
              Refusal.Kind.INVALID,
              "gRPC is spoken over HTTP/2, by POST, as application/grpc or application/grpc+proto,"
                  + " plain or packed with gzip"));
    }
    // Not named, a packed message would be an exception of the framework, in its own words.
    request.headers().set("grpc-encoding", encoding);
  }

  private Doorkeeper.Shown shown(HttpServerRequest request) {
    return new Doorkeeper.Shown(
        request.headers().getAll("authorization"),
        certificateNames(request),
        socket.userOf(request.connection()));
  }

  /** Of a certificate that chains to those that we trust: else there would be no connection. */
  private static List<String> certificateNames(HttpServerRequest request) {
    if (!request.isSSL()) {
      return List.of();
    }
    try {
      var chain = request.connection().peerCertificates();
      return !chain.isEmpty() && chain.getFirst() instanceof X509Certificate leaf
          ? CertificateNames.of(leaf)
          : List.of();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private void refuse(RoutingContext request, boolean isGrpc, Refusal refusal) {
    if (isGrpc && request.request().version() == HttpVersion.HTTP_2) {
      refuse(request, refusal.status());
      return;
    }
    var problem = refusal.asProblem();
    var response = request.response().setStatusCode(problem.status());
    refusal.kind().challenge().ifPresent(how -> response.putHeader("www-authenticate", how));
    try {
      response
          .putHeader("content-type", Problem.MEDIA_TYPE)
          .end(json.writeValueAsString(problem))
          .onFailure(request::fail);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a problem is plain JSON", impossible);
    }
  }

  private static void refuse(RoutingContext request, Status status) {
    var message =
        URLEncoder.encode(
                Optional.ofNullable(status.getDescription()).orElse(""), StandardCharsets.UTF_8)
            .replace("+", "%20");
    request
        .response()
        .setStatusCode(200)
        .putHeader("content-type", GRPC)
        .putHeader("grpc-status", String.valueOf(status.getCode().value()))
        .putHeader("grpc-message", message)
        .end()
        .onFailure(request::fail);
  }

  private static String mediaType(HttpServerRequest request) {
    var type = Optional.ofNullable(request.getHeader("content-type")).orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
