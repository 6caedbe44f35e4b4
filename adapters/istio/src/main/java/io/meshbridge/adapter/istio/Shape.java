package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An import as a ServiceEntry with what its policy needs beside it, or as a Gateway. */
sealed interface Shape {
  /** What could not be said. */
  List<Loss> losses();

  /**
   * The objects that stand for the import, all under one name.
   *
   * @param entry the ServiceEntry, in canonical order
   * @param rule the DestinationRule, if the policy needs one
   * @param route the VirtualService, if the policy needs one
   * @param forbids whether the policy keeps requests from being served, so that the entry must not
   *     stand without it
   * @param callable whether the entry lists any endpoint
   */
  record Objects(
      ResourceKey key,
      Map<String, Object> entry,
      Optional<Map<String, Object>> rule,
      Optional<Map<String, Object>> route,
      boolean forbids,
      boolean callable,
      List<Loss> losses)
      implements Shape {
    /** The same, of which more is lost. */
    Objects losing(Loss loss) {
      var all = new ArrayList<>(losses);
      all.add(loss);
      return new Objects(key, entry, rule, route, forbids, callable, List.copyOf(all));
    }
  }

  /**
   * The objects that stand for a gateway, both under one name.
   *
   * @param gateway the Gateway, in canonical order
   * @param route the VirtualService, if any rule can be said
   */
  record Gateway(
      ResourceKey key,
      Map<String, Object> gateway,
      Optional<Map<String, Object>> route,
      List<Loss> losses)
      implements Shape {}

  /** Istio's objects cannot say it rightly. */
  record Refused(List<Loss> losses) implements Shape {}
}
