package io.meshbridge.adapter.kubernetes;

import io.meshbridge.spi.Settings;

/**
 * How owners are told of their exports.
 *
 * @param serviceExports whether ServiceExports count as marks
 * @param conditions whether by the conditions of ServiceExports
 * @param events whether by Events
 */
public record Telling(boolean serviceExports, boolean conditions, boolean events) {
  /** As configured. */
  public static Telling of(Settings settings) {
    return new Telling(
        settings.flag(KubernetesSettings.SERVICE_EXPORT),
        settings.flag(KubernetesSettings.TELL_SERVICE_EXPORT),
        settings.flag(KubernetesSettings.TELL_EVENTS));
  }

  /** Whether owners are told at all. */
  public boolean isOn() {
    return conditions || events;
  }
}
