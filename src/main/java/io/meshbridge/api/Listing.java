package io.meshbridge.api;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.status.FederationView;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.ServiceStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is answered about services and imports, whichever way somebody asks. */
final class Listing {
  private static final Set<String> OF_SERVICES =
      Set.of("mesh", "namespace", "name", Query.LIMIT, Query.PAGE);
  private static final Set<String> OF_IMPORTS =
      Set.of("mesh", "origin", "state", "namespace", "name", Query.LIMIT, Query.PAGE);

  private Listing() {}

  /**
   * Some services.
   *
   * @throws BadParameterException naming all parameters that are wrong
   */
  static Pages.Services services(FederationView view, Map<String, List<String>> parameters) {
    var query = new Query(parameters, OF_SERVICES);
    var mesh = query.mesh("mesh");
    var namespace = query.text("namespace");
    var name = query.text("name");
    int limit = query.limit();
    var after = query.page(3);
    query.check();
    var slice =
        Slice.of(
            view.services(),
            Listing::keyOf,
            after,
            service ->
                matches(mesh, service.export().key().mesh().value())
                    && matches(namespace, service.export().key().namespace())
                    && matches(name, service.export().key().name()),
            limit);
    return new Pages.Services(slice.items().stream().map(ServiceView::of).toList(), slice.next());
  }

  /**
   * Some imports.
   *
   * @throws BadParameterException naming all parameters that are wrong
   */
  static Pages.Imports imports(FederationView view, Map<String, List<String>> parameters) {
    var query = new Query(parameters, OF_IMPORTS);
    var filter = new ImportFilter(query);
    int limit = query.limit();
    var after = query.page(4);
    query.check();
    var slice = Slice.of(view.imports(), Listing::keyOf, after, filter, limit);
    return new Pages.Imports(slice.items().stream().map(ImportView::of).toList(), slice.next());
  }

  /**
   * One import.
   *
   * @throws UnknownImportException if there is none
   */
  static ImportView imported(FederationView view, String target, ServiceRef service) {
    return ImportView.of(require(view, target, service));
  }

  /**
   * What became of each field of an import.
   *
   * @throws UnknownImportException if there is none
   */
  static ExplanationView explanation(FederationView view, String target, ServiceRef service) {
    var status = require(view, target, service);
    var export = view.service(status.service()).map(ServiceStatus::export);
    return ExplanationView.of(status, export);
  }

  private static ImportStatus require(FederationView view, String target, ServiceRef service) {
    return find(view, target, service)
        .orElseThrow(() -> new UnknownImportException(target, service));
  }

  private static Optional<ImportStatus> find(
      FederationView view, String target, ServiceRef service) {
    try {
      var key = new ServiceKey(new MeshId(service.mesh()), service.namespace(), service.name());
      return view.imported(new MeshId(target), key);
    } catch (IllegalArgumentException nameOfNothing) {
      return Optional.empty();
    }
  }

  private static boolean matches(Optional<String> wanted, String value) {
    return wanted.map(value::equals).orElse(true);
  }

  private static PageToken keyOf(ServiceStatus service) {
    var key = service.export().key();
    return new PageToken(List.of(key.mesh().value(), key.namespace(), key.name()));
  }

  private static PageToken keyOf(ImportStatus status) {
    var key = status.service();
    return new PageToken(
        List.of(status.target().value(), key.mesh().value(), key.namespace(), key.name()));
  }
}
