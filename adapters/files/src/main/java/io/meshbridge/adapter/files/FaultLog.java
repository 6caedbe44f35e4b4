package io.meshbridge.adapter.files;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.MeshId;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tells the log what is wrong with a folder: each error once per change of its file. */
final class FaultLog {
  private static final Logger LOG = Logger.getLogger(FaultLog.class);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final MeshId mesh;
  private Set<Diagnostic> told = Set.of();
  private boolean held;

  FaultLog(MeshId mesh) {
    this.mesh = mesh;
  }

  void errors(Collection<Diagnostic> diagnostics, Collection<Path> changed) {
    var changedFiles = changed.stream().map(Path::toString).collect(Collectors.toSet());
    var errors = new HashSet<Diagnostic>();
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.severity() == Severity.ERROR && errors.add(diagnostic)) {
        var file = diagnostic.location().file();
        if (!told.contains(diagnostic) || changedFiles.contains(file)) {
          LOG.warnf(
              "manifest cannot be read: mesh=%s file=%s line=%d path=%s message=%s",
              mesh,
              file,
              diagnostic.location().line(),
              printable(diagnostic.path()),
              printable(diagnostic.message()));
        }
      }
    }
    told = errors;
  }

  /** Once when withdrawals begin to be held, and once when they are no longer. */
  void withdrawalsHeld(boolean heldNow, SortedMap<Path, String> troubles) {
    if (heldNow && !held) {
      LOG.warnf(
          "nothing is withdrawn until every manifest can be read: mesh=%s files=%s",
          mesh, troubles.keySet());
    } else if (held && !heldNow) {
      LOG.infof("every manifest can be read again: mesh=%s", mesh);
    }
    held = heldNow;
  }

  /** Text of strangers must not forge lines of the log. */
  private static String printable(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
