package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.KubernetesSettings;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What a Linkerd mesh is told.
 *
 * @param namespace where all imports are written; empty for each in the namespace of its name
 * @param createNamespace whether a namespace that is not there is created
 * @param controlPlane the namespace of Linkerd's control plane
 * @param clusterDomain the domain of the cluster's own names
 * @param serviceExportMarks whether a ServiceExport marks a Service for export
 * @param linkerdMarks whether Linkerd's own mark does
 */
record LinkerdSettings(
    String namespace,
    boolean createNamespace,
    String controlPlane,
    String clusterDomain,
    boolean serviceExportMarks,
    boolean linkerdMarks) {
  static final String DEFAULT_CONTROL_PLANE = "linkerd";
  static final String DEFAULT_CLUSTER_DOMAIN = "cluster.local";

  /** Of a mesh of which nothing is known but its objects. */
  static final LinkerdSettings DEFAULT =
      new LinkerdSettings("", false, DEFAULT_CONTROL_PLANE, DEFAULT_CLUSTER_DOMAIN, false, false);

  private static final String NAMESPACE = "namespace";
  private static final String CREATE_NAMESPACE = "create-namespace";
  private static final String CONTROL_PLANE = "linkerd-namespace";
  private static final String LINKERD_EXPORTED = "marks.linkerd-exported";

  static List<SettingSpec> specs() {
    var specs = new ArrayList<>(KubernetesSettings.specs());
    specs.add(
        SettingSpec.optional(
            LINKERD_EXPORTED,
            SettingSpec.Type.BOOLEAN,
            "false",
            "Whether Linkerd's own label mirror.linkerd.io/exported: \"true\" marks a Service for"
                + " export, too. All Services are then watched, not only labelled ones."));
    specs.add(
        KubernetesSettings.namespace(
            NAMESPACE,
            "",
            "One namespace into which all imports are written. Without one: each into the"
                + " namespace that its service has at home."));
    specs.add(
        SettingSpec.optional(
            CREATE_NAMESPACE,
            SettingSpec.Type.BOOLEAN,
            "false",
            "Whether a namespace is created when an import is written into it and it is not"
                + " there."));
    specs.add(
        KubernetesSettings.namespace(
            CONTROL_PLANE,
            DEFAULT_CONTROL_PLANE,
            "The namespace of Linkerd's control plane, where the ConfigMap linkerd-config is."));
    return List.copyOf(specs);
  }

  static LinkerdSettings of(Settings settings) {
    return new LinkerdSettings(
        settings.text(NAMESPACE).orElse(""),
        settings.flag(CREATE_NAMESPACE),
        settings.require(CONTROL_PLANE),
        settings.require(KubernetesSettings.CLUSTER_DOMAIN),
        settings.flag(KubernetesSettings.SERVICE_EXPORT),
        settings.flag(LINKERD_EXPORTED));
  }

  /** Whether a Service says of itself that it is exported. */
  boolean marks(ServiceFacts service) {
    return service.exported() || isMarkedForLinkerd(service.labels());
  }

  /** The same, of a Service that has not been read. */
  boolean marks(KubeObject service) {
    return OwnMarks.isExported(service) || isMarkedForLinkerd(service.labels());
  }

  private boolean isMarkedForLinkerd(SortedMap<String, String> labels) {
    return linkerdMarks && "true".equals(labels.get(LinkerdTypes.LINKERD_EXPORTED));
  }

  /** Whether Services are exported that do not bear our own label. */
  boolean othersMarks() {
    return serviceExportMarks || linkerdMarks;
  }
}
