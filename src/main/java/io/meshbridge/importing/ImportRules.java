package io.meshbridge.importing;

import io.meshbridge.model.ServiceKey;
import java.util.List;

/**
 * Which services a mesh takes, as its own operators say.
 *
 * @param only those that match one of these; all if there is none
 * @param except but not those that match one of these
 */
public record ImportRules(List<ServiceGlob> only, List<ServiceGlob> except) {
  /** Takes everything. */
  public static final ImportRules ALL = new ImportRules(List.of(), List.of());

  /** Copies. */
  public ImportRules {
    only = List.copyOf(only);
    except = List.copyOf(except);
  }

  /** Whether the mesh takes the service. */
  public boolean admit(ServiceKey service) {
    return (only.isEmpty() || only.stream().anyMatch(glob -> glob.matches(service)))
        && except.stream().noneMatch(glob -> glob.matches(service));
  }
}
