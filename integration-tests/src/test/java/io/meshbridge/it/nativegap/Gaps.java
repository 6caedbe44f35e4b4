package io.meshbridge.it.nativegap;

import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a native executable would not find.
 *
 * @param all that no exemption explains, with who asks
 * @param unused exemptions that explain nothing: what they were for is gone, or is registered now
 */
public record Gaps(SortedSet<String> all, List<String> unused) {

  /** Finds them. */
  public static Gaps between(Recording recording, NativeSources sources, Exemptions exemptions) {
    var all = new TreeSet<String>();
    var used = new HashSet<Exemption>();
    for (Access missing : new Comparison(recording, sources).missing()) {
      exemptions.of(missing).ifPresentOrElse(used::add, () -> all.add(missing.toString()));
    }
    var unused =
        exemptions.all().stream()
            .filter(Predicate.not(used::contains))
            .map(Exemption::line)
            .toList();
    return new Gaps(all, unused);
  }
}
