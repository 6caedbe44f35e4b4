package io.meshbridge.api;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;

/**
 * A service of gRPC behind the door: whoever may not call a method is told so, and a request that
 * is no message of it is INVALID_ARGUMENT and not a failure of ours, which is what it is by
 * default.
 */
final class GuardedService {
  /** Who calls, for the methods of a service; read on the thread that calls them. */
  static final Context.Key<Caller> CALLER =
      Context.keyWithDefault("meshbridge-caller", Caller.NOBODY);

  private final Doorkeeper keeper;

  GuardedService(Doorkeeper keeper) {
    this.keeper = keeper;
  }

  /** The same service, guarded. */
  ServerServiceDefinition of(ServerServiceDefinition plain) {
    var methods = new ArrayList<ServerMethodDefinition<Frame, ?>>();
    plain.getMethods().forEach(method -> methods.add(guarded(method)));
    var descriptor =
        ServiceDescriptor.newBuilder(plain.getServiceDescriptor().getName())
            .setSchemaDescriptor(plain.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return service.build();
  }

  private <Q, A> ServerMethodDefinition<Frame, A> guarded(ServerMethodDefinition<Q, A> method) {
    var plain = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        plain.toBuilder(Frame.MARSHALLER, plain.getResponseMarshaller()).build(),
        (call, headers) -> start(method, call, headers));
  }

  private <Q, A> ServerCall.Listener<Frame> start(
      ServerMethodDefinition<Q, A> method, ServerCall<Frame, A> call, Metadata headers) {
    var caller = DoorFilter.caller();
    var refusal = keeper.refusal(caller, method.getMethodDescriptor().getFullMethodName());
    if (refusal.isPresent()) {
      call.close(refusal.get().status(), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    ServerCallHandler<Q, A> handler = method.getServerCallHandler();
    var inner = new GuardedCall<>(call, method.getMethodDescriptor());
    var context = Context.current().withValue(CALLER, caller);
    var listener =
        new GuardedListener<>(inner, Contexts.interceptCall(context, inner, headers, handler));
    DoorFilter.whenOver(listener::over);
    return listener;
  }

  /** Which messages a method reads. */
  static boolean readsOneMessage(MethodDescriptor<?, ?> method) {
    return method.getType().clientSendsOneMessage();
  }
}
