package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.spi.SettingSpec;
import java.util.List;

/** The settings that every mesh on Kubernetes has. */
public final class KubernetesSettings {
  /** Path of a kubeconfig. */
  public static final String KUBECONFIG = "kubeconfig";

  /** Context of the kubeconfig. */
  public static final String CONTEXT = "context";

  /** Address of the API server. */
  public static final String MASTER_URL = "master-url";

  /** Limit of one request. */
  public static final String REQUEST_TIMEOUT = "request-timeout";

  /** Domain of the cluster's own names. */
  public static final String CLUSTER_DOMAIN = "cluster-domain";

  /** Whether a ServiceExport counts as a mark. */
  public static final String SERVICE_EXPORT = "marks.service-export";

  /** Whether owners are told by conditions of their ServiceExports. */
  public static final String TELL_SERVICE_EXPORT = "tell.service-export";

  /** Whether owners are told by Events. */
  public static final String TELL_EVENTS = "tell.events";

  private KubernetesSettings() {}

  /** How the cluster is reached, and how it calls itself. */
  public static List<SettingSpec> specs() {
    return List.of(
        SettingSpec.optional(
            KUBECONFIG,
            SettingSpec.Type.PATH,
            "",
            "The kubeconfig file. Without one: the files named by KUBECONFIG or ~/.kube/config if"
                + " there are any, else the pod's own service account."),
        SettingSpec.optional(
            CONTEXT,
            SettingSpec.Type.TEXT,
            "",
            "The context of the kubeconfig. Without one: its current one."),
        SettingSpec.optional(
            MASTER_URL,
            SettingSpec.Type.URL,
            "",
            "The address of the API server, instead of the one that the kubeconfig names."),
        SettingSpec.optional(
            REQUEST_TIMEOUT,
            SettingSpec.Type.DURATION,
            "10s",
            "How long the API server may take for one request that is not a watch."),
        SettingSpec.optional(
            CLUSTER_DOMAIN,
            SettingSpec.Type.TEXT,
            "cluster.local",
            "The domain of the cluster's own names. Imports are never named below"
                + " svc.<cluster domain>."),
        SettingSpec.optional(
            SERVICE_EXPORT,
            SettingSpec.Type.BOOLEAN,
            "false",
            "Whether a ServiceExport of the Multi-Cluster Services API marks the Service of its"
                + " name for export. All Services are then watched, not only labelled ones."),
        SettingSpec.optional(
                TELL_SERVICE_EXPORT,
                SettingSpec.Type.BOOLEAN,
                "false",
                "Whether the conditions of ServiceExports say what became of the exports. Needs"
                    + " marks.service-export, and the right to patch serviceexports/status.")
            .needing(SERVICE_EXPORT),
        SettingSpec.optional(
            TELL_EVENTS,
            SettingSpec.Type.BOOLEAN,
            "false",
            "Whether Events on exported Services, and on ServiceExports that mark them, say what"
                + " happens to the exports. Needs the right to create events of events.k8s.io."));
  }

  /** A setting that names a namespace. */
  public static SettingSpec namespace(String key, String defaultValue, String description) {
    return SettingSpec.optional(key, SettingSpec.Type.TEXT, defaultValue, description)
        .where(
            NameSyntax.DNS_LABEL::accepts, "is not a namespace; expected a DNS label such as shop");
  }
}
