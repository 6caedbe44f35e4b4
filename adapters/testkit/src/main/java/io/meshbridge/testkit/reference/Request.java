package io.meshbridge.testkit.reference;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request as a client sends it, and the headers with which the service answers it.
 *
 * @param service what the client calls: a host in Istio, {@code <name>.<namespace>} of a Service in
 *     Linkerd, the name of a service in Consul
 * @param port of the service; means nothing in Consul
 * @param headers by their names in lower case
 * @param query the parameters of its query
 * @param authority the host that it names, if that is another than the service
 * @param client who sends it
 * @param answer headers of the service's answer, by their names in lower case
 */
public record Request(
    String service,
    int port,
    String method,
    String path,
    SortedMap<String, String> headers,
    SortedMap<String, String> query,
    String authority,
    Client client,
    SortedMap<String, String> answer) {
  private static final String CONTENT_TYPE = "content-type";

  /** Copies. */
  public Request {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
    answer = Collections.unmodifiableSortedMap(new TreeMap<>(answer));
  }

  /** A plain GET. */
  public static Request get(String service, int port, String path) {
    return new Request(
        service,
        port,
        "GET",
        path,
        new TreeMap<>(),
        new TreeMap<>(),
        "",
        Client.ANY,
        new TreeMap<>());
  }

  /** The same with another method. */
  public Request withMethod(String other) {
    return new Request(service, port, other, path, headers, query, authority, client, answer);
  }

  /** The same with another host. */
  public Request at(String host) {
    return new Request(service, port, method, path, headers, query, host, client, answer);
  }

  /** The same with one header more. */
  public Request withHeader(String name, String value) {
    var more = new TreeMap<>(headers);
    more.put(name, value);
    return new Request(service, port, method, path, more, query, authority, client, answer);
  }

  /** The same with one parameter more. */
  public Request withQuery(String name, String value) {
    var more = new TreeMap<>(query);
    more.put(name, value);
    return new Request(service, port, method, path, headers, more, authority, client, answer);
  }

  /** The same from somebody else. */
  public Request from(Client other) {
    return new Request(service, port, method, path, headers, query, authority, other, answer);
  }

  /** The same, answered with one header more. */
  public Request answeredWith(String name, String value) {
    var more = new TreeMap<>(answer);
    more.put(name, value);
    return new Request(service, port, method, path, headers, query, authority, client, more);
  }

  /** The same to another service. */
  public Request to(String otherService, int otherPort) {
    return new Request(
        otherService, otherPort, method, path, headers, query, authority, client, answer);
  }

  /** A call of a gRPC method. */
  public static Request grpc(String service, int port, String method) {
    return get(service, port, method)
        .withMethod("POST")
        .withHeader(CONTENT_TYPE, "application/grpc");
  }

  /** Whether it is a gRPC call. */
  public boolean isGrpc() {
    return headers.getOrDefault(CONTENT_TYPE, "").startsWith("application/grpc");
  }

  /** The host that it names, as its Host header does: with the port, if that is not 80. */
  String host() {
    var name = authority.isEmpty() ? service : authority;
    return port == 80 ? name : name + ":" + port;
  }
}
