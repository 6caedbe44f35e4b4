package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The filters of a rule or backend, as Linkerd's proxy applies them. */
record LinkerdFilters(
    HeaderEdits request, HeaderEdits response, Optional<LinkerdRedirect> redirect) {

  /**
   * Reads them.
   *
   * @param ownGroup whether the route is of Linkerd's own group, whose response filters the
   *     controller turns into request filters
   * @throws IllegalArgumentException if the controller refuses one
   */
  static LinkerdFilters of(Native filters, boolean ownGroup) {
    var request = HeaderEdits.NONE;
    var response = HeaderEdits.NONE;
    Optional<LinkerdRedirect> redirect = Optional.empty();
    for (Native filter : filters.list()) {
      switch (filter.at("type").text()) {
        case "RequestHeaderModifier" ->
            request = request.then(edits(filter.at("requestHeaderModifier")));
        case "ResponseHeaderModifier" -> {
          var edits = edits(filter.at("responseHeaderModifier"));
          request = ownGroup ? request.then(edits) : request;
          response = ownGroup ? response : response.then(edits);
        }
        case "RequestRedirect" ->
            redirect = Optional.of(LinkerdRedirect.of(filter.at("requestRedirect")));
        default ->
            throw new IllegalArgumentException(filter.at("type").text() + " is not supported");
      }
    }
    return new LinkerdFilters(request, response, redirect);
  }

  /** The proxy adds, then sets, then removes. */
  private static HeaderEdits edits(Native modifier) {
    List<HeaderEdits.Step> steps = new ArrayList<>();
    for (Native add : modifier.at("add").list()) {
      steps.add(new HeaderEdits.Step.Add(add.at("name").text(), add.at("value").text()));
    }
    for (Native set : modifier.at("set").list()) {
      steps.add(new HeaderEdits.Step.Set(set.at("name").text(), set.at("value").text()));
    }
    modifier.at("remove").texts().forEach(name -> steps.add(new HeaderEdits.Step.Remove(name)));
    return new HeaderEdits(steps);
  }
}
