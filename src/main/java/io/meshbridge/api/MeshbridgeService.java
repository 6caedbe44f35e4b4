package io.meshbridge.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.meshbridge.grpc.v1.ExplainImportRequest;
import io.meshbridge.grpc.v1.Explanation;
import io.meshbridge.grpc.v1.GetImportRequest;
import io.meshbridge.grpc.v1.Import;
import io.meshbridge.grpc.v1.ListImportsRequest;
import io.meshbridge.grpc.v1.ListImportsResponse;
import io.meshbridge.grpc.v1.ListServicesRequest;
import io.meshbridge.grpc.v1.ListServicesResponse;
import io.meshbridge.grpc.v1.MeshbridgeGrpc;
import io.meshbridge.grpc.v1.TranslateRequest;
import io.meshbridge.grpc.v1.Translation;
import io.meshbridge.grpc.v1.WatchEvent;
import io.meshbridge.grpc.v1.WatchRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The federation over gRPC: the answers of REST, and the watch. */
final class MeshbridgeService extends MeshbridgeGrpc.MeshbridgeImplBase {
  private final ServedFederation federation;
  private final Translations translations;
  private final Errands errands;
  private final Watches watches;

  MeshbridgeService(
      ServedFederation federation, Translations translations, Errands errands, Watches watches) {
    this.federation = federation;
    this.translations = translations;
    this.errands = errands;
    this.watches = watches;
  }

  @Override
  public void listServices(
      ListServicesRequest request, StreamObserver<ListServicesResponse> caller) {
    Calls.answer(
        caller,
        () ->
            Messages.of(
                Listing.services(
                    federation.view(),
                    parameters(
                        request.getLimit(),
                        Map.of(
                            "mesh",
                            request.getMesh(),
                            "namespace",
                            request.getNamespace(),
                            "name",
                            request.getName(),
                            Query.PAGE,
                            request.getPage())))));
  }

  @Override
  public void listImports(ListImportsRequest request, StreamObserver<ListImportsResponse> caller) {
    Calls.answer(
        caller,
        () ->
            Messages.of(
                Listing.imports(
                    federation.view(),
                    parameters(
                        request.getLimit(),
                        Map.of(
                            "mesh",
                            request.getMesh(),
                            "origin",
                            request.getOrigin(),
                            "state",
                            request.getState(),
                            "namespace",
                            request.getNamespace(),
                            "name",
                            request.getName(),
                            Query.PAGE,
                            request.getPage())))));
  }

  @Override
  public void getImport(GetImportRequest request, StreamObserver<Import> caller) {
    Calls.answer(
        caller,
        () ->
            Messages.of(
                Listing.imported(
                    federation.view(), request.getTarget(), Messages.of(request.getService()))));
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchEvent> caller) {
    watches.begin(request, (ServerCallStreamObserver<WatchEvent>) caller);
  }

  @Override
  public void explainImport(ExplainImportRequest request, StreamObserver<Explanation> caller) {
    Calls.answer(
        caller,
        () -> {
          var view = federation.view();
          var service = Messages.of(request.getService());
          return Messages.of(
              errands.run(() -> Listing.explanation(view, request.getTarget(), service)));
        });
  }

  @Override
  public void translate(TranslateRequest request, StreamObserver<Translation> caller) {
    Calls.answer(
        caller,
        () -> {
          var wanted = Messages.of(request);
          return Messages.of(errands.run(() -> translations.translate(wanted)));
        });
  }

  /** Those that are given, as REST has them: what is empty, or 0, is not. */
  private static Map<String, List<String>> parameters(int limit, Map<String, String> texts) {
    var given = new TreeMap<String, List<String>>();
    texts.forEach(
        (name, text) -> {
          if (!text.isEmpty()) {
            given.put(name, List.of(text));
          }
        });
    if (limit != 0) {
      given.put(Query.LIMIT, List.of(String.valueOf(limit)));
    }
    return given;
  }
}
