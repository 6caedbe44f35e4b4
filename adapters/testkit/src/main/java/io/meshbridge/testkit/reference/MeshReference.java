package io.meshbridge.testkit.reference;

/** What a mesh with certain native documents does. */
public interface MeshReference {
  /** What becomes of a request. */
  Verdict decide(Request request);
}
