package io.meshbridge.api;

import static io.meshbridge.api.Statuses.imported;
import static io.meshbridge.api.Statuses.key;
import static io.meshbridge.api.Statuses.service;
import static io.meshbridge.api.Statuses.withLoss;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.meshbridge.grpc.v1.ExplainImportRequest;
import io.meshbridge.grpc.v1.GetImportRequest;
import io.meshbridge.grpc.v1.Import;
import io.meshbridge.grpc.v1.ListImportsRequest;
import io.meshbridge.grpc.v1.ListServicesRequest;
import io.meshbridge.grpc.v1.MeshbridgeGrpc;
import io.meshbridge.grpc.v1.TranslateRequest;
import io.meshbridge.grpc.v1.WatchEvent;
import io.meshbridge.grpc.v1.WatchRequest;
import io.meshbridge.status.ImportState;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShownFederation.class)
class GrpcDoorTest {
  @TestHTTPResource("/")
  URI door;

  @Inject FakeFederation federation;
  private GrpcClient client;
  private MeshbridgeGrpc.MeshbridgeBlockingStub meshbridge;

  @BeforeEach
  void connect() {
    federation.clear();
    client = new GrpcClient(door);
    meshbridge =
        MeshbridgeGrpc.newBlockingStub(client.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void tellsOfAnImportWhatRestTells() {
    federation.imports(
        List.of(withLoss(imported("west", key("east", "shop", "web"), ImportState.CONFLICT))));

    var listed = meshbridge.listImports(ListImportsRequest.getDefaultInstance());
    var rest = when().get("/api/v1/imports").then().statusCode(200).extract().jsonPath();

    var item = listed.getItems(0);
    assertThat(listed.getItemsCount()).isEqualTo(1);
    assertThat(listed.getNext()).isEmpty();
    assertThat(item.getService().getName()).isEqualTo(rest.getString("items[0].service.name"));
    assertThat(item.getTarget()).isEqualTo("west");
    assertThat(item.getName()).isEqualTo(rest.getString("items[0].name"));
    assertThat(item.getState()).isEqualTo("Conflict");
    assertThat(item.getSince()).isEqualTo(rest.getString("items[0].since"));
    assertThat(item.getLatencyMs()).isEqualTo(42);
    assertThat(item.getReason()).isEqualTo("taken");
    assertThat(item.getLosses(0).getPath()).isEqualTo("spec.ports[0].protocol");
    assertThat(item.getLosses(0).getOutcome()).isEqualTo("dropped");
    assertThat(meshbridge.getImport(get("west", item))).isEqualTo(item);
  }

  @Test
  void pagesAndFiltersAsRestDoes() {
    federation.services(
        List.of(
            service(key("east", "shop", "api")),
            service(key("east", "shop", "web")),
            service(key("west", "shop", "web"))));
    var first =
        meshbridge.listServices(
            ListServicesRequest.newBuilder().setMesh("east").setLimit(1).build());
    var second =
        meshbridge.listServices(
            ListServicesRequest.newBuilder()
                .setMesh("east")
                .setLimit(1)
                .setPage(first.getNext())
                .build());

    assertThat(first.getItems(0).getService().getName()).isEqualTo("api");
    assertThat(first.getItems(0).getPorts(0).getProtocol()).isEqualTo("http");
    assertThat(second.getItems(0).getService().getName()).isEqualTo("web");
    assertThat(second.getNext()).isEmpty();
    assertThat(
            when()
                .get("/api/v1/services?mesh=east&limit=1")
                .then()
                .extract()
                .jsonPath()
                .getString("next"))
        .isEqualTo(first.getNext());
  }

  @Test
  void namesAllThatIsWrongWithARequest() {
    assertThatThrownBy(
            () ->
                meshbridge.listImports(
                    ListImportsRequest.newBuilder()
                        .setLimit(-1)
                        .setState("applied")
                        .setMesh("No_Mesh")
                        .build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(refused.getStatus().getDescription())
                  .contains("limit is '-1'", "state is 'applied'", "mesh is 'No_Mesh'");
            });
  }

  @Test
  void knowsNothingOfWhatIsNotImported() {
    assertThat(code(() -> meshbridge.getImport(get("west", Import.getDefaultInstance()))))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> meshbridge.explainImport(ExplainImportRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void explainsAndTranslates() {
    federation.services(List.of(service(key("east", "shop", "web"))));
    federation.imports(List.of(imported("west", key("east", "shop", "web"), ImportState.APPLIED)));
    var item = meshbridge.listImports(ListImportsRequest.getDefaultInstance()).getItems(0);

    var explanation =
        meshbridge.explainImport(
            ExplainImportRequest.newBuilder()
                .setTarget("west")
                .setService(item.getService())
                .build());
    var translation =
        meshbridge.translate(
            TranslateRequest.newBuilder()
                .setFrom("istio")
                .setTo("linkerd")
                .addDocuments(
                    TranslateRequest.Document.newBuilder()
                        .setText(
                            """
                            apiVersion: v1
                            kind: Service
                            metadata: {name: reviews, namespace: shop}
                            spec: {ports: [{name: http, port: 80}]}
                            """))
                .build());

    assertThat(explanation.getState()).isEqualTo("Applied");
    assertThat(explanation.getFieldsList()).isNotEmpty();
    assertThat(translation.getFormat()).isEqualTo("yaml");
    assertThat(translation.getText()).contains("reviews-istio");
    assertThat(code(() -> meshbridge.translate(TranslateRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void tellsWhatStandsAndThenWhatChanges() throws Exception {
    var web = key("east", "shop", "web");
    federation.services(List.of(service(web)));
    federation.imports(List.of(imported("west", web, ImportState.PENDING)));

    var events = meshbridge.watch(WatchRequest.getDefaultInstance());
    var first = events.next();
    var second = events.next();
    var third = events.next();
    federation.imports(List.of(imported("west", web, ImportState.APPLIED)));
    var changed = events.next();
    federation.imports(List.of());
    var gone = events.next();

    assertThat(first.getService().getService().getName()).isEqualTo("web");
    assertThat(second.getImport().getState()).isEqualTo("Pending");
    assertThat(third.getEventCase()).isEqualTo(WatchEvent.EventCase.COMPLETE);
    assertThat(changed.getImport().getState()).isEqualTo("Applied");
    assertThat(gone.getImportGone().getTarget()).isEqualTo("west");
    assertThat(gone.getImportGone().getService().getName()).isEqualTo("web");
  }

  @Test
  void watchesOnlyWhatIsWanted() {
    federation.services(List.of(service(key("east", "shop", "web"))));
    federation.imports(
        List.of(
            imported("north", key("east", "shop", "web"), ImportState.APPLIED),
            imported("west", key("east", "shop", "web"), ImportState.APPLIED)));

    var events =
        meshbridge.watch(
            WatchRequest.newBuilder()
                .setKind(WatchRequest.Kind.KIND_IMPORTS)
                .setMesh("west")
                .build());

    assertThat(events.next().getImport().getTarget()).isEqualTo("west");
    assertThat(events.next().hasComplete()).isTrue();
    assertThat(
            code(() -> meshbridge.watch(WatchRequest.newBuilder().setKindValue(9).build()).next()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code(() -> meshbridge.watch(WatchRequest.newBuilder().setMesh("A_").build()).next()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void leavesThePlaceOfACallerThatHasGoneToOthers() {
    for (int i = 0; i <= Watches.AT_ONCE; i++) {
      client.call("meshbridge.v1.Meshbridge/Watch", new byte[0]);
    }

    Awaitility.await()
        .until(() -> client.call("meshbridge.v1.Meshbridge/Watch", new byte[0]) == Status.Code.OK);
  }

  @Test
  void isAsHealthyAsItIsReady() {
    var health =
        HealthGrpc.newBlockingStub(client.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    var ours = HealthCheckRequest.newBuilder().setService("meshbridge.v1.Meshbridge").build();
    var watched = health.watch(ours);

    assertThat(health.check(ours).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);

    federation.caughtUp(true);

    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
    assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(
            code(() -> health.check(HealthCheckRequest.newBuilder().setService("other").build())))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void describesItsServices() throws Exception {
    var answer = new CompletableFuture<ServerReflectionResponse>();
    var requests =
        ServerReflectionGrpc.newStub(client.channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse value) {
                    answer.complete(value);
                  }

                  @Override
                  public void onError(Throwable failed) {
                    answer.completeExceptionally(failed);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    var services = new ArrayList<String>();
    answer.get(20, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
        .map(ServiceResponse::getName)
        .forEach(services::add);

    assertThat(services)
        .contains("meshbridge.v1.Meshbridge", "meshbridge.v1.Orders", "grpc.health.v1.Health");
    requests.onCompleted();
  }

  @Test
  void saysOfAMethodThatThereIsNone() {
    assertThat(client.call("meshbridge.v1.Meshbridge/DropEverything", new byte[0]))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(client.call("no.such.Service/Method", new byte[0]))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  private static GetImportRequest get(String target, Import item) {
    return GetImportRequest.newBuilder().setTarget(target).setService(item.getService()).build();
  }

  private static Status.Code code(Runnable call) {
    try {
      call.run();
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }
}
