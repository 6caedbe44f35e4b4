package io.meshbridge.adapter.consul;

import java.util.ArrayList;
import java.util.List;

/** What a server makes sure of before it answers a read (Consul's consistency modes). */
enum ReadMode {
  /**
   * Nothing, except that it leads as far as it knows. One that has just come up may not have taken
   * in all of its log yet, and then leaves out what stands. An agent may be set up to ask servers
   * that do not even lead.
   */
  DEFAULT,

  /**
   * That it leads still, and has taken in all that was ever written. It refuses until then, and
   * each read costs a round among the servers.
   */
  CONSISTENT;

  /** These parameters, as name and value in turn, and those of this mode. */
  String[] with(String... query) {
    var all = new ArrayList<>(List.of(query));
    if (this == CONSISTENT) {
      all.addAll(List.of("consistent", ""));
    }
    return all.toArray(new String[0]);
  }
}
