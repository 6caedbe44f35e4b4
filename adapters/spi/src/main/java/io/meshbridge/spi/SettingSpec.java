package io.meshbridge.spi;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * One setting that an adapter reads.
 *
 * @param key in kebab case, with dots between levels, such as {@code tls.ca-file}
 * @param type what values look like
 * @param defaultValue as it would be written; empty if there is none
 * @param required whether it must be given
 * @param secret whether its value must never be shown
 * @param description one or two sentences, with the unit if there is one
 * @param rule what must hold of a value that is given or the default
 */
public record SettingSpec(
    String key,
    Type type,
    String defaultValue,
    boolean required,
    boolean secret,
    String description,
    SettingRule rule) {
  /** A setting that takes every value of its type. */
  public SettingSpec(
      String key,
      Type type,
      String defaultValue,
      boolean required,
      boolean secret,
      String description) {
    this(key, type, defaultValue, required, secret, description, SettingRule.none());
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
    PATH;

    /** The order of two values that parse. Only numbers and durations have one. */
    int compare(String one, String other) {
      return switch (this) {
        case INTEGER -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
        case DURATION -> Settings.parseDuration(one).compareTo(Settings.parseDuration(other));
        case TEXT, BOOLEAN, URL, PATH ->
            throw new IllegalStateException("values of type " + this + " have no order");
      };
    }
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

  /** A setting whose value must never be shown. */
  public static SettingSpec secret(String key, String description) {
    return new SettingSpec(key, Type.TEXT, "", false, true, description);
  }

  /** The same setting, whose values keep to this rule, too. */
  public SettingSpec where(SettingRule another) {
    return new SettingSpec(
        key, type, defaultValue, required, secret, description, rule.and(another));
  }

  /**
   * The same setting, whose values pass this test.
   *
   * @param wanted what a value must be, such as {@code must be more than 0}
   */
  public SettingSpec where(Predicate<String> good, String wanted) {
    return where(
        (value, all) ->
            good.test(value) ? Optional.empty() : Optional.of(shown(value) + " " + wanted));
  }

  /** The same number or duration, which must be in this range; both ends are good. */
  public SettingSpec within(String least, String most) {
    return where(
        value -> type.compare(least, value) <= 0 && type.compare(value, most) <= 0,
        "must be from " + least + " to " + most);
  }

  /** The same number or duration, which must not be less than this. */
  public SettingSpec atLeast(String least) {
    return where(value -> type.compare(least, value) <= 0, "must be " + least + " or more");
  }

  /** The same duration, which must be longer than none. */
  public SettingSpec moreThanNothing() {
    return where(value -> type.compare(value, "0s") > 0, "must be more than nothing");
  }

  /** The same switch, which cannot be switched on without another one. */
  public SettingSpec needing(String other) {
    return unless(
        (value, all) -> "true".equals(value) && !"true".equals(all.text(other).orElse("")),
        "'true' needs " + other + "=true: set it, or leave this out");
  }

  /** The same setting, which cannot be given without another one. */
  public SettingSpec onlyWith(String other) {
    return unless(
        (value, all) -> all.text(other).isEmpty(),
        "goes only with " + other + ": give both or neither");
  }

  /** The same setting, which cannot be given beside another one. */
  public SettingSpec insteadOf(String other) {
    return unless(
        (value, all) -> all.text(other).isPresent(),
        "contradicts " + other + ": give one of the two");
  }

  private SettingSpec unless(BiPredicate<String, Settings> wrong, String message) {
    return where((value, all) -> wrong.test(value, all) ? Optional.of(message) : Optional.empty());
  }

  /** A value as people may see it. */
  String shown(String value) {
    return secret ? "the value" : "'" + value + "'";
  }
}
