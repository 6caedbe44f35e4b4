package io.meshbridge.adapter.kubernetes.gatewayapi;

import java.util.Optional;
import java.util.stream.Stream;

/** The filters of the Gateway API. */
public enum FilterType {
  /** Changes the request's headers. */
  REQUEST_HEADER_MODIFIER("RequestHeaderModifier", "requestHeaderModifier"),
  /** Changes the response's headers. */
  RESPONSE_HEADER_MODIFIER("ResponseHeaderModifier", "responseHeaderModifier"),
  /** Sends a copy elsewhere. */
  REQUEST_MIRROR("RequestMirror", "requestMirror"),
  /** Answers with a redirect. */
  REQUEST_REDIRECT("RequestRedirect", "requestRedirect"),
  /** Sends the request on under another host or path. */
  URL_REWRITE("URLRewrite", "urlRewrite"),
  /** The CORS protocol. */
  CORS("CORS", "cors"),
  /** Whatever an object of another kind says. */
  EXTENSION_REF("ExtensionRef", "extensionRef");

  private final String word;
  private final String field;

  FilterType(String word, String field) {
    this.word = word;
    this.field = field;
  }

  /** As a filter's type says it. */
  public String word() {
    return word;
  }

  /** The field in which the filter stands. */
  public String field() {
    return field;
  }

  static Optional<FilterType> of(String word) {
    return Stream.of(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
