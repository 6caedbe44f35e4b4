package io.meshbridge.api;

import static io.meshbridge.api.Statuses.imported;
import static io.meshbridge.api.Statuses.key;
import static io.meshbridge.api.Statuses.withLoss;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.meshbridge.model.Export;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.ServiceStatus;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShownFederation.class)
class ExplanationResourceTest {
  private static final ServiceKey WEB = key("east", "shop", "web");
  private static final String OBJECT = "VirtualService shop/web";

  @Inject FakeFederation federation;

  @BeforeEach
  void forget() {
    federation.clear();
  }

  @Test
  void tellsWhatBecameOfEachFieldOfThePolicy() {
    federation.services(List.of(withTimeouts(WEB)));
    federation.imports(List.of(losing("spec.http[0].idleTimeout", ImportState.APPLIED)));

    when()
        .get("/api/v1/meshes/west/imports/east/shop/web/explanation")
        .then()
        .statusCode(200)
        .body("service.name", equalTo("web"))
        .body("target", equalTo("west"))
        .body("name", equalTo("web-east"))
        .body("state", equalTo("Applied"))
        .body("fields.path", hasItems("name", "endpoints"))
        .body("fields[0].path", equalTo("name"))
        .body("fields[0].object", equalTo("east/shop/web"))
        .body("fields[0].outcome", equalTo("kept"))
        .body("fields[-2].object", equalTo(OBJECT))
        .body("fields[-2].path", equalTo("spec.http[0].idleTimeout"))
        .body("fields[-2].outcome", equalTo("dropped"))
        .body("fields[-2].reason", equalTo("no such timeout there"))
        .body("fields[-1].path", equalTo("spec.http[0].timeout"))
        .body("fields[-1].outcome", equalTo("kept"));
  }

  @Test
  void claimsNothingKeptOfAnImportThatIsNotThere() {
    federation.services(List.of(withTimeouts(WEB)));
    federation.imports(List.of(imported("west", WEB, ImportState.CONFLICT)));

    when()
        .get("/api/v1/meshes/west/imports/east/shop/web/explanation")
        .then()
        .statusCode(200)
        .body("fields[0].outcome", equalTo("not written"))
        .body("fields[0].reason", equalTo("the import is Conflict: taken"));
  }

  @Test
  void tellsLossesOfAServiceThatIsNoLongerOffered() {
    federation.imports(List.of(withLoss(imported("west", WEB, ImportState.STALE))));

    when()
        .get("/api/v1/meshes/west/imports/east/shop/web/explanation")
        .then()
        .statusCode(200)
        .body("fields", hasSize(1))
        .body("fields[0].object", equalTo("Service shop/web"))
        .body("fields[0].advice", equalTo("use TCP"));
  }

  @Test
  void answersAnUnknownImportWithAProblem() {
    when()
        .get("/api/v1/meshes/west/imports/east/shop/web/explanation")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString("mesh 'west' imports no service 'east/shop/web'"));
  }

  private static ServiceStatus withTimeouts(ServiceKey service) {
    var plain = Statuses.service(service);
    var export = plain.export();
    var sources =
        new Sources.Builder()
            .add("timeouts.request", new FieldRef(OBJECT, "spec.http[0].timeout"))
            .add("timeouts.idle", new FieldRef(OBJECT, "spec.http[0].idleTimeout"))
            .build();
    var rule =
        new HttpRule(
            "",
            false,
            List.of(),
            List.of(),
            List.of(WeightedBackend.only(BackendRef.SELF)),
            Timeouts.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            sources);
    var policy =
        new TrafficPolicy(
            List.of(rule),
            List.of(),
            List.of(),
            TrafficPolicy.NONE.destination(),
            TrafficPolicy.NONE.ports());
    return new ServiceStatus(
        new Export(
            export.key(),
            export.ports(),
            export.labels(),
            export.hostnames(),
            export.firstSeen(),
            export.path(),
            export.access(),
            policy),
        plain.endpoints(),
        plain.takingTraffic(),
        plain.observedAt(),
        plain.staleReason());
  }

  private static ImportStatus losing(String path, ImportState state) {
    var status = imported("west", WEB, state);
    var loss =
        new Loss(Location.of(OBJECT), path, Loss.Outcome.DROPPED, "no such timeout there", "");
    return new ImportStatus(
        status.target(),
        status.service(),
        status.name(),
        status.state(),
        status.since(),
        status.latencyMs(),
        status.reason(),
        List.of(loss));
  }
}
