package io.meshbridge.api;

import io.grpc.stub.StreamObserver;
import io.meshbridge.grpc.v1.ConfirmRequest;
import io.meshbridge.grpc.v1.ListOrdersRequest;
import io.meshbridge.grpc.v1.ListOrdersResponse;
import io.meshbridge.grpc.v1.Order;
import io.meshbridge.grpc.v1.OrdersGrpc;
import io.meshbridge.grpc.v1.PauseRequest;
import io.meshbridge.grpc.v1.ResumeRequest;
import java.util.Optional;

/** Orders over gRPC. Who calls is known by {@link GuardedService}, which lets only operators in. */
final class OrdersService extends OrdersGrpc.OrdersImplBase {
  private final DoorOrders orders;

  OrdersService(DoorOrders orders) {
    this.orders = orders;
  }

  @Override
  public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> caller) {
    Calls.answer(
        caller,
        () ->
            ListOrdersResponse.newBuilder()
                .addAllItems(orders.standing().stream().map(OrdersService::message).toList())
                .build());
  }

  @Override
  public void pause(PauseRequest request, StreamObserver<Order> caller) {
    var who = GuardedService.CALLER.get();
    var service = Optional.of(request.getService()).filter(one -> request.hasService());
    var form = form(request.getTarget(), service, request.getWhy());
    Calls.answer(caller, () -> message(orders.pause(who, form)));
  }

  @Override
  public void resume(ResumeRequest request, StreamObserver<Order> caller) {
    var who = GuardedService.CALLER.get();
    var service = Optional.of(request.getService()).filter(one -> request.hasService());
    var form = form(request.getTarget(), service, request.getWhy());
    Calls.answer(caller, () -> message(orders.resume(who, form)));
  }

  @Override
  public void confirm(ConfirmRequest request, StreamObserver<Order> caller) {
    var who = GuardedService.CALLER.get();
    var form =
        new OrderForm(request.getOrigin(), request.getTarget(), Optional.empty(), request.getWhy());
    Calls.answer(caller, () -> message(orders.confirm(who, form)));
  }

  private static OrderForm form(
      String target, Optional<io.meshbridge.grpc.v1.ServiceRef> service, String why) {
    return new OrderForm("", target, service.map(Messages::of), why);
  }

  private static Order message(OrderView view) {
    var order =
        Order.newBuilder()
            .setOrder(view.order())
            .setOrigin(view.origin())
            .setTarget(view.target())
            .setBy(view.by())
            .setWhy(view.why())
            .setAt(view.at());
    Optional.ofNullable(view.service()).map(Messages::of).ifPresent(order::setService);
    return order.build();
  }
}
