package io.meshbridge.adapter.consul;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.orbitz.consul.Consul;
import com.orbitz.consul.ConsulException;
import io.meshbridge.spi.MeshUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;

/**
 * The one owner of connections to an agent. Every call is bounded in time and can be interrupted;
 * the number of connections is bounded as long as the agent speaks HTTP/1.1.
 *
 * <p>Calls run on the client's own virtual threads while the caller waits on a queue: interrupting
 * a caller then cancels its call and nothing else, where interrupting a thread inside the client
 * would tear down an HTTP/2 connection that others share.
 */
final class ConsulHttp implements AutoCloseable {
  private static final int MOST_REPEATS = 10;
  private static final int BOARDING_AT_ONCE = 4;

  /** Over HTTP/2 quick calls share one connection; a few may be opened in one moment. */
  private static final int CONNECTIONS_FOR_QUICK_CALLS = BOARDING_AT_ONCE;

  /** Of those that wait for something else than one exported service. */
  private static final int OTHER_BLOCKING_CALLS = 100;

  private static final MediaType JSON = MediaType.get("application/json");

  private final ObjectMapper mapper = new ObjectMapper();
  private final ConsulSettings settings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConnectionPool pool;
  private final OkHttpClient quick;
  private final OkHttpClient patient;
  private final Tls tls;
  private final Semaphore connections;
  private final Boarding boarding = new Boarding(BOARDING_AT_ONCE);
  private final Carriers carriers;
  private volatile boolean multiplexed;

  /** The end of a call: an answer, or why there is none. */
  private sealed interface Outcome {
    record Answered(Answer answer) implements Outcome {}

    record Failed(IOException cause) implements Outcome {}
  }

  /** Opens nothing yet. */
  ConsulHttp(ConsulSettings settings) {
    this.settings = settings;
    this.connections = new Semaphore(settings.maxConnections());
    this.pool = new ConnectionPool(settings.maxConnections(), 5, TimeUnit.MINUTES);
    this.tls = Tls.from(settings);
    var dispatcher = new Dispatcher(threads);
    // The semaphore bounds; the client's own queue would let blocking queries starve the rest.
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    var builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(pool)
            .followRedirects(false)
            .eventListener(boarding)
            .pingInterval(Duration.ofSeconds(10))
            .connectTimeout(settings.timeout())
            .writeTimeout(settings.timeout())
            .readTimeout(settings.timeout());
    tls.context().ifPresent(c -> builder.sslSocketFactory(c.getSocketFactory(), tls.trust()));
    this.quick = builder.build();
    // Silence is what a blocking query is made of: only the call as a whole is bounded.
    this.patient = builder.readTimeout(Duration.ZERO).build();
    this.carriers =
        new Carriers(
            settings.maxConnections() - CONNECTIONS_FOR_QUICK_CALLS,
            () -> patient.newBuilder().connectionPool(new ConnectionPool(1, 5, TimeUnit.MINUTES)));
  }

  /** How many services can each have a blocking query of its own where calls share connections. */
  int mostFollowed() {
    return (settings.maxConnections() - CONNECTIONS_FOR_QUICK_CALLS) * Carriers.PLACES
        - OTHER_BLOCKING_CALLS;
  }

  /** Whether the agent was last seen to speak HTTP/2. */
  boolean isMultiplexed() {
    return multiplexed;
  }

  /** The datacenter parameter and these, as name and value in turn. */
  private HttpUrl url(String path, List<String> query) {
    var builder = HttpUrl.get(settings.url().toString()).newBuilder().encodedPath("/");
    for (String segment : List.of(path.substring(1).split("/", -1))) {
      builder.addEncodedPathSegment(segment);
    }
    if (!settings.datacenter().isEmpty()) {
      builder.addQueryParameter("dc", settings.datacenter());
    }
    for (int i = 0; i + 1 < query.size(); i += 2) {
      builder.addQueryParameter(query.get(i), query.get(i + 1));
    }
    return builder.build();
  }

  /**
   * A read that must succeed.
   *
   * @throws MeshUnavailableException also if the agent answered with anything but 200
   */
  Answer get(String path, String... query) throws MeshUnavailableException, InterruptedException {
    return required("GET " + path, tryGet(path, query));
  }

  /** A read whose refusal means something to the caller. */
  Answer tryGet(String path, String... query)
      throws MeshUnavailableException, InterruptedException {
    return exchange(new Request.Builder().url(url(path, List.of(query))).get());
  }

  /**
   * Waits until the state's index passes the given one, or the wait is over.
   *
   * @param index the index of the last answer, above 0
   */
  Answer block(String path, long index, Duration wait, String... query)
      throws MeshUnavailableException, InterruptedException {
    var parameters = new ArrayList<>(List.of(query));
    parameters.addAll(List.of("index", Long.toString(index), "wait", wait.toMillis() + "ms"));
    // An agent adds up to a sixteenth of the wait, so that not all queries end at once.
    var patience = wait.plus(wait.dividedBy(16)).plus(settings.timeout());
    var request = new Request.Builder().url(url(path, parameters)).get();
    if (!multiplexed) {
      return required("GET " + path, exchange(patient, patience, request));
    }
    var token = authorize(request);
    try (var place = carriers.take()) {
      return required(
          "GET " + path, await(place.client(), place.boarding(), patience, request, token, 0));
    }
  }

  /** Sends a body with PUT. */
  Answer put(String path, Object body, String... query)
      throws MeshUnavailableException, InterruptedException {
    var request = new Request.Builder().url(url(path, List.of(query))).put(json(body));
    return exchange(request);
  }

  /** Deletes. */
  Answer delete(String path, String... query)
      throws MeshUnavailableException, InterruptedException {
    return exchange(new Request.Builder().url(url(path, List.of(query))).delete());
  }

  /** Sends a body with POST. */
  Answer post(String path, Object body) throws MeshUnavailableException, InterruptedException {
    var request = new Request.Builder().url(url(path, List.of())).post(json(body));
    return exchange(request);
  }

  /**
   * The address of the cluster's leader.
   *
   * @throws MeshUnavailableException if there is none: the agent could then answer from old state
   */
  String leader() throws MeshUnavailableException {
    var builder =
        Consul.builder()
            .withUrl(settings.url().toString())
            .withPing(false)
            .withConnectionPool(pool)
            .withExecutorService(threads)
            .withConnectTimeoutMillis(settings.timeout().toMillis())
            .withReadTimeoutMillis(settings.timeout().toMillis())
            .withWriteTimeoutMillis(settings.timeout().toMillis());
    tls.context().ifPresent(c -> builder.withSslContext(c).withTrustManager(tls.trust()));
    try {
      var leader = builder.build().statusClient().getLeader();
      if (leader == null || leader.isBlank()) {
        throw new MeshUnavailableException(
            "GET /v1/status/leader at " + settings.url() + ": the cluster has no leader");
      }
      return leader;
    } catch (ConsulException failed) {
      throw new MeshUnavailableException(
          "GET /v1/status/leader at " + settings.url() + ": " + failed.getMessage(), failed);
    }
  }

  private Answer exchange(Request.Builder request)
      throws MeshUnavailableException, InterruptedException {
    return exchange(quick, settings.timeout(), request);
  }

  private Answer exchange(OkHttpClient client, Duration limit, Request.Builder request)
      throws MeshUnavailableException, InterruptedException {
    var token = authorize(request);
    var bounded = !multiplexed;
    if (bounded) {
      connections.acquire();
    }
    try {
      return await(client, boarding, limit, request, token, 0);
    } finally {
      if (bounded) {
        connections.release();
      }
    }
  }

  /**
   * @param repeats how often the server has already not heard this call
   */
  private Answer await(
      OkHttpClient client,
      Boarding gate,
      Duration limit,
      Request.Builder request,
      String token,
      int repeats)
      throws MeshUnavailableException, InterruptedException {
    var call = client.newCall(request.tag(Boarding.Ticket.class, gate.enter()).build());
    call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    var outcome = new ArrayBlockingQueue<Outcome>(1);
    call.enqueue(
        new Callback() {
          @Override
          public void onResponse(Call answered, Response response) {
            Outcome result;
            try (response) {
              result = new Outcome.Answered(read(response, token));
            } catch (IOException cut) {
              result = new Outcome.Failed(cut);
            }
            outcome.offer(result);
          }

          @Override
          public void onFailure(Call failed, IOException cause) {
            outcome.offer(new Outcome.Failed(cause));
          }
        });
    try {
      return switch (outcome.take()) {
        case Outcome.Answered answered -> answered.answer();
        case Outcome.Failed failed when repeats < MOST_REPEATS && isUnheard(failed.cause()) ->
            await(client, gate, limit, request, token, repeats + 1);
        case Outcome.Failed failed ->
            throw new MeshUnavailableException(
                call.request().method()
                    + " "
                    + call.request().url().encodedPath()
                    + " at "
                    + settings.url()
                    + " failed: "
                    + describe(failed.cause()),
                failed.cause());
      };
    } catch (InterruptedException cancelled) {
      call.cancel();
      throw cancelled;
    }
  }

  private Answer read(Response response, String token) throws IOException {
    multiplexed = response.protocol() == Protocol.HTTP_2;
    var body = response.body();
    var bytes = body == null ? new byte[0] : body.bytes();
    return new Answer(
        response.code(),
        index(response.header("X-Consul-Index")),
        "true".equalsIgnoreCase(response.header("X-Consul-Results-Filtered-By-ACLs")),
        multiplexed,
        parse(bytes, token));
  }

  private Object parse(byte[] bytes, String token) {
    try {
      var parsed = mapper.readValue(bytes, Object.class);
      return parsed == null ? "" : parsed;
    } catch (IOException noJson) {
      var text = new String(bytes, StandardCharsets.UTF_8);
      return token.isEmpty() ? text : text.replace(token, "<token>");
    }
  }

  private RequestBody json(Object body) {
    try {
      return RequestBody.create(mapper.writeValueAsBytes(body), JSON);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("maps and texts are always JSON", impossible);
    }
  }

  private Answer required(String what, Answer answer) throws MeshUnavailableException {
    if (!answer.isOk()) {
      throw new MeshUnavailableException(
          what
              + " at "
              + settings.url()
              + " answered "
              + answer.status()
              + ": "
              + answer.excerpt());
    }
    return answer;
  }

  /** Adds our token to a request; returns it. */
  private String authorize(Request.Builder request) throws MeshUnavailableException {
    var token = token();
    if (!token.isEmpty()) {
      request.header("X-Consul-Token", token);
    }
    return token;
  }

  private String token() throws MeshUnavailableException {
    var file = settings.tokenFile();
    if (file.isEmpty()) {
      return settings.token().orElse("");
    }
    try {
      return Files.readString(file.get()).strip();
    } catch (IOException unreadable) {
      throw new MeshUnavailableException(
          "cannot read token-file " + file.get() + ": " + describe(unreadable), unreadable);
    }
  }

  /**
   * Whether a call is as if never made: the server refused its stream, as it does while it has not
   * yet been able to say how many it takes (RFC 9113, section 8.7), or it answered without a look
   * at the body and stopped it, so that the client lost the answer (section 8.1).
   */
  private static boolean isUnheard(IOException cause) {
    return cause instanceof StreamResetException reset
        && (reset.errorCode == ErrorCode.REFUSED_STREAM || reset.errorCode == ErrorCode.NO_ERROR);
  }

  private static String describe(IOException cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static long index(@org.jspecify.annotations.Nullable String header) {
    try {
      return header == null ? 0 : Math.max(0, Long.parseLong(header));
    } catch (NumberFormatException oddProxy) {
      // Without an index nobody blocks: the next read is simply made anew.
      return 0;
    }
  }

  @Override
  public void close() {
    quick.dispatcher().cancelAll();
    pool.evictAll();
    carriers.close();
    threads.shutdownNow();
  }
}
