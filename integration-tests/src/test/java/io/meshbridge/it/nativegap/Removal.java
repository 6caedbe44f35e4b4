package io.meshbridge.it.nativegap;

import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * A registration that is taken away, to see that somebody would notice.
 *
 * @param access what then would not be found; bridges have found it
 * @param gaps what is said to be missing without it
 */
public record Removal(String access, SortedSet<String> gaps) {
  /**
   * Takes away the first that was used and looks like this.
   *
   * @param what a pattern of its kind and name
   * @throws IllegalStateException if no bridge has used any such registration
   */
  public static Removal ofFirst(
      Pattern what, Recording recording, NativeSources sources, Exemptions exemptions) {
    var access =
        new Comparison(recording, sources)
            .registered().stream()
                .filter(each -> what.matcher(each.what()).matches())
                .filter(each -> exemptions.of(each).isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no bridge has found any " + what));
    var fewer = sources.with(sources.registered().without(access));
    return new Removal(access.toString(), Gaps.between(recording, fewer, exemptions).all());
  }
}
