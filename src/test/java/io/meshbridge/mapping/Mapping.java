package io.meshbridge.mapping;

import io.meshbridge.mapping.Journey.Arrival;
import io.meshbridge.spi.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes of every leaf of one make of mesh in another.
 *
 * @param findings in the order of the kinds and of their leaves
 */
record Mapping(MeshKind from, MeshKind to, List<Finding> findings) {
  Mapping {
    findings = List.copyOf(findings);
  }

  /** Translates the samples of all leaves, each with its leaf and without. */
  static Mapping measured(MeshKind from, MeshKind to) throws IOException {
    var journey = new Journey(from, to);
    var world = World.of(from);
    var findings = new ArrayList<Finding>();
    for (PolicyKind kind : from.policies()) {
      var samples = SampleBook.of(kind).samples(LeafList.of(kind));
      // Many samples are the same without their leaf: these are translated once.
      var without = new ConcurrentHashMap<List<Document>, Arrival>();
      findings.addAll(
          samples.parallelStream()
              .map(
                  sample ->
                      Finding.of(
                          kind,
                          sample,
                          journey.of(sample.documentsWith(world)),
                          without.computeIfAbsent(sample.documentsWithout(world), journey::of)))
              .toList());
    }
    return new Mapping(from, to, findings);
  }

  /** The findings of one kind. */
  List<Finding> of(PolicyKind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }

  /** For people, such as {@code From Istio to Consul}. */
  String title() {
    return "From " + from.title() + " to " + target();
  }

  /** What people call the target. */
  String target() {
    return from == to ? "another " + to.title() : to.title();
  }

  /** {@code from-to}, the name of its page. */
  String name() {
    return from.word() + "-to-" + to.word();
  }
}
