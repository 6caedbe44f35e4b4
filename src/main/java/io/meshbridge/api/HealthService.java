package io.meshbridge.api;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.meshbridge.concurrent.Threads;
import io.smallrye.health.SmallRyeHealthReporter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Tells gRPC's health checks what /q/health/ready tells. */
final class HealthService extends HealthGrpc.HealthImplBase {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int MOST_WATCHING = 50;

  /** In the protocol's newest form, but not in that of the generated classes. */
  private static final int SERVICE_UNKNOWN = 3;

  private final SmallRyeHealthReporter health;
  private final Set<String> services;
  private final Semaphore places = new Semaphore(MOST_WATCHING);

  /**
   * @param services the names of those that are served here
   */
  HealthService(SmallRyeHealthReporter health, Set<String> services) {
    this.health = health;
    this.services = Set.copyOf(services);
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> caller) {
    Calls.answer(
        caller,
        () -> {
          if (!isServed(request.getService())) {
            throw Status.NOT_FOUND
                .withDescription("no such service; served are " + services)
                .asRuntimeException();
          }
          return HealthCheckResponse.newBuilder().setStatus(now()).build();
        });
  }

  @Override
  public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> caller) {
    if (!places.tryAcquire()) {
      caller.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription(MOST_WATCHING + " callers watch already")
              .asRuntimeException());
      return;
    }
    var call = (ServerCallStreamObserver<HealthCheckResponse>) caller;
    boolean isServed = isServed(request.getService());
    var watching = Thread.ofVirtual().name("health-watch").unstarted(() -> watch(call, isServed));
    call.setOnCancelHandler(watching::interrupt);
    watching.start();
  }

  private void watch(ServerCallStreamObserver<HealthCheckResponse> call, boolean isServed) {
    try {
      int told = ServingStatus.UNKNOWN_VALUE;
      while (!call.isCancelled()) {
        int now = isServed ? now().getNumber() : SERVICE_UNKNOWN;
        if (now != told) {
          call.onNext(HealthCheckResponse.newBuilder().setStatusValue(now).build());
          told = now;
        }
        Threads.pause(LOOK);
      }
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private boolean isServed(String service) {
    return service.isEmpty() || services.contains(service);
  }

  private ServingStatus now() {
    return health.getReadiness().isDown() ? ServingStatus.NOT_SERVING : ServingStatus.SERVING;
  }
}
