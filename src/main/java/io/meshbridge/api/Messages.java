package io.meshbridge.api;

import io.meshbridge.grpc.v1.Diagnostic;
import io.meshbridge.grpc.v1.Explanation;
import io.meshbridge.grpc.v1.FieldFate;
import io.meshbridge.grpc.v1.Import;
import io.meshbridge.grpc.v1.ListImportsResponse;
import io.meshbridge.grpc.v1.ListServicesResponse;
import io.meshbridge.grpc.v1.Loss;
import io.meshbridge.grpc.v1.Placement;
import io.meshbridge.grpc.v1.Port;
import io.meshbridge.grpc.v1.Service;
import io.meshbridge.grpc.v1.TranslateRequest;
import io.meshbridge.grpc.v1.Translation;
import io.meshbridge.translation.TranslationRequest;
import java.util.List;
import java.util.Optional;

/** What REST tells, as messages of gRPC; nothing is decided here. */
final class Messages {
  private Messages() {}

  static ListServicesResponse of(Pages.Services page) {
    var response = ListServicesResponse.newBuilder();
    page.items().forEach(item -> response.addItems(of(item)));
    Optional.ofNullable(page.next()).ifPresent(response::setNext);
    return response.build();
  }

  static ListImportsResponse of(Pages.Imports page) {
    var response = ListImportsResponse.newBuilder();
    page.items().forEach(item -> response.addItems(of(item)));
    Optional.ofNullable(page.next()).ifPresent(response::setNext);
    return response.build();
  }

  static io.meshbridge.grpc.v1.ServiceRef of(ServiceRef ref) {
    return io.meshbridge.grpc.v1.ServiceRef.newBuilder()
        .setMesh(ref.mesh())
        .setNamespace(ref.namespace())
        .setName(ref.name())
        .build();
  }

  static ServiceRef of(io.meshbridge.grpc.v1.ServiceRef ref) {
    return new ServiceRef(ref.getMesh(), ref.getNamespace(), ref.getName());
  }

  static Service of(ServiceView view) {
    var service =
        Service.newBuilder()
            .setService(of(view.service()))
            .addAllHostnames(view.hostnames())
            .addAllPath(view.path())
            .setReachability(view.reachability())
            .setEndpoints(view.endpoints())
            .setTakingTraffic(view.takingTraffic())
            .setFirstSeen(view.firstSeen())
            .setObservedAt(view.observedAt())
            .setStaleReason(view.staleReason());
    view.ports().forEach(port -> service.addPorts(of(port)));
    return service.build();
  }

  static Import of(ImportView view) {
    return Import.newBuilder()
        .setService(of(view.service()))
        .setTarget(view.target())
        .setName(view.name())
        .setState(view.state())
        .setSince(view.since())
        .setLatencyMs(view.latencyMs())
        .setReason(view.reason())
        .addAllPlacements(placements(view.placements()))
        .addAllLosses(losses(view.losses()))
        .build();
  }

  static Explanation of(ExplanationView view) {
    var explanation =
        Explanation.newBuilder()
            .setService(of(view.service()))
            .setTarget(view.target())
            .setName(view.name())
            .setState(view.state())
            .setReason(view.reason())
            .addAllPlacements(placements(view.placements()));
    view.fields().forEach(field -> explanation.addFields(of(field)));
    return explanation.build();
  }

  static Translation of(TranslationView view) {
    var translation =
        Translation.newBuilder()
            .setFormat(view.documents().format())
            .setCount(view.documents().count())
            .setText(view.documents().text())
            .setServices(view.services())
            .addAllLosses(losses(view.losses()));
    view.diagnostics().forEach(diagnostic -> translation.addDiagnostics(of(diagnostic)));
    return translation.build();
  }

  /**
   * What is to be translated.
   *
   * @throws BadParameterException if there are no documents
   */
  static TranslateBody of(TranslateRequest request) {
    if (request.getDocumentsCount() == 0) {
      throw new BadParameterException(
          List.of(new Problem.Fault("documents", "", TranslateBody.SOME_DOCUMENTS)));
    }
    var options = request.getOptions();
    return new TranslateBody(
        request.getFrom(),
        request.getTo(),
        request.getDocumentsList().stream()
            .map(each -> new TranslateBody.Text(or(each.getName(), "-"), each.getText()))
            .toList(),
        new TranslateBody.Options(
            options.getMesh(),
            options.getTargetMesh(),
            options.getNamespace(),
            or(options.getFederation(), TranslationRequest.DEFAULT_FEDERATION),
            options.getTargetVersion()));
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static Port of(PortView port) {
    return Port.newBuilder()
        .setName(port.name())
        .setNumber(port.number())
        .setProtocol(port.protocol())
        .build();
  }

  private static List<Placement> placements(List<PlacementView> views) {
    return views.stream()
        .map(
            view ->
                Placement.newBuilder()
                    .setPart(view.part())
                    .setHop(view.hop())
                    .setReason(view.reason())
                    .build())
        .toList();
  }

  private static List<Loss> losses(List<LossView> views) {
    return views.stream()
        .map(
            view ->
                Loss.newBuilder()
                    .setFile(view.file())
                    .setLine(view.line())
                    .setPath(view.path())
                    .setOutcome(view.outcome())
                    .setReason(view.reason())
                    .setAdvice(view.advice())
                    .build())
        .toList();
  }

  private static FieldFate of(FieldFateView view) {
    return FieldFate.newBuilder()
        .setObject(view.object())
        .setPath(view.path())
        .setOutcome(view.outcome())
        .setReason(view.reason())
        .setAdvice(view.advice())
        .build();
  }

  private static Diagnostic of(DiagnosticView view) {
    return Diagnostic.newBuilder()
        .setFile(view.file())
        .setLine(view.line())
        .setPath(view.path())
        .setSeverity(view.severity())
        .setMessage(view.message())
        .build();
  }
}
