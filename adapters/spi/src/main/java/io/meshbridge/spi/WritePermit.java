package io.meshbridge.spi;

/**
 * Whether this process may still write into a mesh. Checked right before each write, since another
 * process may have become the one that speaks for the mesh.
 */
@FunctionalInterface
public interface WritePermit {
  /** Always allowed: for tools and tests that are alone. */
  WritePermit ALWAYS = () -> {};

  /**
   * Returns if writing is allowed.
   *
   * @throws NotLeadingException if it is not
   */
  void check() throws NotLeadingException;
}
