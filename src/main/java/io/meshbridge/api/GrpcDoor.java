package io.meshbridge.api;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.reflection.service.ReflectionServiceV1;
import io.quarkus.grpc.reflection.service.ReflectionServiceV1alpha;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All services of gRPC, each behind the door. */
@Singleton
final class GrpcDoor {
  private final GuardedService guard;
  private final ServerServiceDefinition meshbridge;
  private final ServerServiceDefinition orders;
  private final ServerServiceDefinition health;

  GrpcDoor(
      Doorkeeper keeper,
      ServedFederation federation,
      Translations translations,
      Errands errands,
      Watches watches,
      DoorOrders orders,
      SmallRyeHealthReporter reporter) {
    this.guard = new GuardedService(keeper);
    this.meshbridge =
        new MeshbridgeService(federation, translations, errands, watches).bindService();
    this.orders = new OrdersService(orders).bindService();
    this.health =
        new HealthService(reporter, names(List.of(this.meshbridge, this.orders))).bindService();
  }

  private static Set<String> names(List<ServerServiceDefinition> services) {
    return services.stream()
        .map(service -> service.getServiceDescriptor().getName())
        .collect(Collectors.toSet());
  }

  private List<ServerServiceDefinition> described() {
    return List.of(meshbridge, orders, health);
  }

  /** The federation. */
  @GrpcService
  static final class Federation implements BindableService {
    private final GrpcDoor door;

    Federation(GrpcDoor door) {
      this.door = door;
    }

    @Override
    public ServerServiceDefinition bindService() {
      return door.guard.of(door.meshbridge);
    }
  }

  /** Orders. */
  @GrpcService
  static final class Orders implements BindableService {
    private final GrpcDoor door;

    Orders(GrpcDoor door) {
      this.door = door;
    }

    @Override
    public ServerServiceDefinition bindService() {
      return door.guard.of(door.orders);
    }
  }

  /** Health, as gRPC has it. */
  @GrpcService
  static final class Health implements BindableService {
    private final GrpcDoor door;

    Health(GrpcDoor door) {
      this.door = door;
    }

    @Override
    public ServerServiceDefinition bindService() {
      return door.guard.of(door.health);
    }
  }

  /** What services there are. */
  @GrpcService
  static final class Reflection implements BindableService {
    private final GrpcDoor door;

    Reflection(GrpcDoor door) {
      this.door = door;
    }

    @Override
    public ServerServiceDefinition bindService() {
      return door.guard.of(new ReflectionServiceV1(door.described()).bindService());
    }
  }

  /** The same as older clients know it. */
  @GrpcService
  static final class OlderReflection implements BindableService {
    private final GrpcDoor door;

    OlderReflection(GrpcDoor door) {
      this.door = door;
    }

    @Override
    public ServerServiceDefinition bindService() {
      return door.guard.of(new ReflectionServiceV1alpha(door.described()).bindService());
    }
  }
}
