package io.meshbridge.spi;

/**
 * One setting that an adapter reads.
 *
 * @param key in kebab case, with dots between levels, such as {@code tls.ca-file}
 * @param type what values look like
 * @param defaultValue as it would be written; empty if there is none
 * @param required whether it must be given
 * @param secret whether its value must never be shown
 * @param description one or two sentences, with the unit if there is one
 * @param needs another switch without which this one cannot be switched on; empty if there is none
 */
public record SettingSpec(
    String key,
    Type type,
    String defaultValue,
    boolean required,
    boolean secret,
    String description,
    String needs) {
  /** A setting that goes without any other. */
  public SettingSpec(
      String key,
      Type type,
      String defaultValue,
      boolean required,
      boolean secret,
      String description) {
    this(key, type, defaultValue, required, secret, description, "");
  }

  /** What a value looks like. */
  public enum Type {
    /** Any text. */
    TEXT,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A whole number, not negative. */
    INTEGER,
    /** A duration: {@code 500ms}, {@code 10s}, {@code 5m}, or ISO-8601 such as {@code PT10S}. */
    DURATION,
    /** An absolute URL. */
    URL,
    /** A path; relative ones start at the working directory. */
    PATH
  }

  /** A setting with a default. */
  public static SettingSpec optional(
      String key, Type type, String defaultValue, String description) {
    return new SettingSpec(key, type, defaultValue, false, false, description);
  }

  /** A setting that must be given. */
  public static SettingSpec required(String key, Type type, String description) {
    return new SettingSpec(key, type, "", true, false, description);
  }

  /** The same switch, which cannot be switched on without another one. */
  public SettingSpec needing(String other) {
    return new SettingSpec(key, type, defaultValue, required, secret, description, other);
  }

  /** A setting whose value must never be shown. */
  public static SettingSpec secret(String key, String description) {
    return new SettingSpec(key, Type.TEXT, "", false, true, description);
  }
}
