package io.meshbridge.testkit.reference;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What becomes of a request. Names of objects and services do not show, so meshes compare. */
public sealed interface Outcome {
  /**
   * It is sent on.
   *
   * @param shares where to and how, and with what likelihood; together all
   * @param timeout for the whole request; empty if it may take for ever
   * @param tryTimeout for one try; empty for none
   * @param idleTimeout for a stream on which nothing moves; empty for the mesh's own
   * @param mirrors endpoints that get a copy, and of which share of the requests
   * @param faults what is done to which share of the requests on purpose
   * @param cors what browsers are told, as its owner wrote it; empty for nothing
   * @param silent whether the owner of the service says nothing at all, so that timeouts and
   *     retries are the mesh's own
   */
  record Routed(
      SortedMap<Delivery, Fraction> shares,
      Optional<Duration> timeout,
      Optional<Duration> tryTimeout,
      Optional<Duration> idleTimeout,
      Retries retries,
      SortedMap<String, Fraction> mirrors,
      SortedMap<String, Fraction> faults,
      String cors,
      boolean silent)
      implements Outcome {
    /** Copies. */
    public Routed {
      shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
      mirrors = Collections.unmodifiableSortedMap(new TreeMap<>(mirrors));
      faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
    }

    /** Sent on whole, and nothing else is done to it. */
    public static Routed to(SortedMap<Delivery, Fraction> shares, Retries retries) {
      return new Routed(
          shares,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          retries,
          new TreeMap<>(),
          new TreeMap<>(),
          "",
          false);
    }

    /** The same with other timeouts. */
    public Routed within(
        Optional<Duration> request, Optional<Duration> oneTry, Optional<Duration> idle) {
      return new Routed(shares, request, oneTry, idle, retries, mirrors, faults, cors, silent);
    }

    /** The same, where the owner of the service may have said nothing. */
    public Routed silent(boolean isSilent) {
      return new Routed(
          shares, timeout, tryTimeout, idleTimeout, retries, mirrors, faults, cors, isSilent);
    }

    /** The endpoints alone, and what share of the requests each set of them gets. */
    public SortedMap<String, Fraction> endpoints() {
      var shared = new TreeMap<String, Fraction>();
      shares.forEach(
          (delivery, share) ->
              shared.merge(String.join(",", delivery.endpoints()), share, Fraction::plus));
      return shared;
    }

    /** The only way in which it arrives. */
    public Delivery only() {
      if (shares.size() != 1) {
        throw new IllegalStateException("it arrives in several ways: " + shares);
      }
      return shares.firstKey();
    }
  }

  /**
   * It is answered with a redirect.
   *
   * @param scheme of the place to go to
   * @param host empty for the one that the client called
   * @param port written out, also where it is the scheme's own
   * @param path with its query, if the redirect gives one
   */
  record Redirected(int status, String scheme, String host, int port, String path)
      implements Outcome {}

  /**
   * The proxy answers by itself.
   *
   * @param status the number of an HTTP status, or the name of a gRPC status
   */
  record Answered(String status, String body) implements Outcome {}

  /** No rule takes it: 404. */
  record NotFound() implements Outcome {}

  /** Whatever it was sent to has no endpoint, or does not exist: an error of the 500s. */
  record NoEndpoints() implements Outcome {}

  /** It is sent on, unless nobody is there at all. */
  static Outcome routed(Routed routed) {
    return routed.shares().keySet().stream().allMatch(Delivery.NOWHERE::equals)
        ? new NoEndpoints()
        : routed;
  }
}
