package io.meshbridge.mapping;

import io.meshbridge.spi.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
      var book = SampleBook.of(kind);
      findings.addAll(
          LeafList.of(kind).leaves().parallelStream()
              .map(book::sample)
              .map(sample -> found(kind, sample, journey, world))
              .toList());
    }
    return new Mapping(from, to, findings);
  }

  private static Finding found(
      PolicyKind kind, Sample sample, Journey journey, List<Document> world) {
    var with = journey.of(sample.documentsWith(world));
    var without = journey.of(sample.documentsWithout(world));
    return Finding.of(kind, sample, with, without);
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
