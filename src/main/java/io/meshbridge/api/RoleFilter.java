package io.meshbridge.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Lets only those in who may do what they ask for. What is not known to look only, changes. */
final class RoleFilter {
  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

  private final Doorkeeper keeper;

  RoleFilter(Doorkeeper keeper) {
    this.keeper = keeper;
  }

  @ServerRequestFilter
  Optional<Response> refuse(
      ContainerRequestContext request, SimpleResourceInfo asked, RoutingContext routing) {
    return keeper
        .refusal(DoorFilter.caller(routing), needed(request.getMethod(), asked))
        .map(RoleFilter::answer);
  }

  private static Role needed(String method, SimpleResourceInfo asked) {
    boolean looks =
        LOOKING.contains(method) || asked.getResourceClass() == TranslationResource.class;
    return looks ? Role.VIEWER : Role.OPERATOR;
  }

  private static Response answer(Refusal refusal) {
    var problem = refusal.problem();
    return refusal
        .kind()
        .challenge()
        .map(
            how -> Response.fromResponse(problem).header(HttpHeaders.WWW_AUTHENTICATE, how).build())
        .orElse(problem);
  }
}
