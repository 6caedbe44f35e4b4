package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubernetesSettings;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an Istio mesh is told.
 *
 * @param namespace where imports are written
 * @param createNamespace whether that namespace is created if it is not there
 * @param rootNamespace Istio's root namespace
 * @param clusterDomain the domain of the cluster's own names
 * @param trustDomain the mesh's trust domain; empty to read it from the mesh
 * @param ingressPods the labels of the pods that imported Gateways choose
 * @param serviceExportMarks whether a ServiceExport marks a Service for export
 */
record IstioSettings(
    String namespace,
    boolean createNamespace,
    String rootNamespace,
    String clusterDomain,
    String trustDomain,
    SortedMap<String, String> ingressPods,
    boolean serviceExportMarks) {
  static final String DEFAULT_NAMESPACE = "meshbridge-imports";
  static final String DEFAULT_CLUSTER_DOMAIN = "cluster.local";
  static final SortedMap<String, String> DEFAULT_INGRESS_PODS =
      Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("istio", "ingressgateway")));
  private static final String DEFAULT_ROOT = "istio-system";

  /** Of a mesh of which nothing is known but its objects. */
  static final IstioSettings DEFAULT =
      new IstioSettings(
          DEFAULT_NAMESPACE,
          true,
          DEFAULT_ROOT,
          DEFAULT_CLUSTER_DOMAIN,
          "",
          DEFAULT_INGRESS_PODS,
          false);

  private static final String INGRESS_SELECTOR = "ingress-selector";
  private static final String NAMESPACE = "namespace";
  private static final String CREATE_NAMESPACE = "create-namespace";
  private static final String ROOT_NAMESPACE = "root-namespace";
  private static final String TRUST_DOMAIN = "trust-domain";

  static List<SettingSpec> specs() {
    var specs = new ArrayList<>(KubernetesSettings.specs());
    specs.add(
        KubernetesSettings.namespace(
            NAMESPACE,
            DEFAULT_NAMESPACE,
            "The namespace into which imports are written. They are visible in all namespaces."));
    specs.add(
        SettingSpec.optional(
            CREATE_NAMESPACE,
            SettingSpec.Type.BOOLEAN,
            "true",
            "Whether that namespace is created when the first import is written and it is not"
                + " there."));
    specs.add(
        KubernetesSettings.namespace(
            ROOT_NAMESPACE,
            DEFAULT_ROOT,
            "Istio's root namespace: where mesh-wide PeerAuthentications, istiod and the ConfigMap"
                + " istio are."));
    specs.add(
        SettingSpec.optional(
            TRUST_DOMAIN,
            SettingSpec.Type.TEXT,
            "",
            "The mesh's trust domain. Without one: what the ConfigMap istio says, else"
                + " cluster.local."));
    specs.add(
        SettingSpec.optional(
                INGRESS_SELECTOR,
                SettingSpec.Type.TEXT,
                "istio=ingressgateway",
                "The labels of the pods that imported Gateways choose, as key=value, several with"
                    + " commas.")
            .where(
                selector -> !podsOf(selector).isEmpty(),
                "is no list of labels; expected such as istio=ingressgateway"));
    return List.copyOf(specs);
  }

  /** The labels that a selector names; empty if it is none. */
  private static SortedMap<String, String> podsOf(String selector) {
    var labels = new TreeMap<String, String>();
    for (String part : selector.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        return Collections.emptySortedMap();
      }
      labels.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    return labels;
  }

  static IstioSettings of(Settings settings) {
    return new IstioSettings(
        settings.require(NAMESPACE),
        settings.flag(CREATE_NAMESPACE),
        settings.require(ROOT_NAMESPACE),
        settings.require(KubernetesSettings.CLUSTER_DOMAIN),
        settings.text(TRUST_DOMAIN).orElse(""),
        podsOf(settings.require(INGRESS_SELECTOR)),
        settings.flag(KubernetesSettings.SERVICE_EXPORT));
  }
}
