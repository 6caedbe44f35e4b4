package io.meshbridge.it.nativegap.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something that was found by name.
 *
 * @param kind such as {@code class}, {@code use method} or {@code resource}
 * @param subject the class's or the resource's name; of a proxy, those of all its interfaces
 * @param part the member, with its parameters' types where it is a method, and {@code public} in
 *     front where it is; else empty
 * @param isOfJdk whether the class is one of the JDK's
 */
record Found(String kind, String subject, String part, boolean isOfJdk) {
  String line() {
    return kind + " " + subject + " " + part;
  }

  static List<Found> type(Class<?> type) {
    return of("class", type, "");
  }

  static List<Found> list(Watched which, Class<?> type) {
    return of(which.name().toLowerCase(Locale.ROOT).replace('_', ' '), type, "");
  }

  static List<Found> instantiation(Class<?> type) {
    return of("use constructor", type, isPublic(type.getModifiers()) + "<init>()");
  }

  /**
   * A method, a constructor or a field.
   *
   * @param how {@code lookup} or {@code use}
   */
  static List<Found> member(String how, Member member) {
    return switch (member) {
      case Method method ->
          of(
              how + " method",
              method.getDeclaringClass(),
              isPublic(method.getModifiers())
                  + method.getName()
                  + parameters(method.getParameterTypes()));
      case Constructor<?> constructor ->
          of(
              how + " constructor",
              constructor.getDeclaringClass(),
              isPublic(constructor.getModifiers())
                  + "<init>"
                  + parameters(constructor.getParameterTypes()));
      default ->
          of(
              how + " field",
              member.getDeclaringClass(),
              isPublic(member.getModifiers()) + member.getName());
    };
  }

  /** Operands of a Lookup: itself, a class, and a name and a type, or a type alone. */
  static List<Found> handle(Object[] operands) {
    var type = (Class<?>) operands[1];
    if (operands[2] instanceof MethodType constructor) {
      return of("use constructor", type, "<init>" + parameters(constructor.parameterArray()));
    }
    var name = (String) operands[2];
    return operands[3] instanceof MethodType method
        ? of("use method", type, name + parameters(method.parameterArray()))
        : of("use field", type, name);
  }

  static List<Found> proxy(Class<?>[] interfaces) {
    var names = Arrays.stream(interfaces).map(Class::getName).collect(Collectors.joining(","));
    return List.of(new Found("proxy", names, "", Arrays.stream(interfaces).allMatch(Found::jdk)));
  }

  static List<Found> resource(Class<?> type, String name) {
    if (name.startsWith("/")) {
      return resource(name.substring(1));
    }
    var folder = type.getPackageName().replace('.', '/');
    return resource(folder.isEmpty() ? name : folder + "/" + name);
  }

  static List<Found> resource(Object result, Object[] operands) {
    boolean none =
        result == null || (result instanceof Enumeration<?> list && !list.hasMoreElements());
    // The name is the last operand, whether a loader was asked or the system.
    return none ? List.of() : resource((String) operands[operands.length - 1]);
  }

  private static List<Found> resource(String name) {
    return List.of(new Found("resource", name, "", false));
  }

  static List<Found> bundle(String name) {
    return List.of(new Found("bundle", name, "", false));
  }

  static List<Found> serialized(Object value) {
    return value == null ? List.of() : of("serialization", value.getClass(), "");
  }

  /**
   * Operands of ServiceLoader.load: a class and perhaps a loader, or a module layer and a class.
   */
  static List<Found> service(Object[] operands) {
    var service =
        Arrays.stream(operands)
            .filter(Class.class::isInstance)
            .map(Class.class::cast)
            .findFirst()
            .orElseThrow();
    var loader =
        Arrays.stream(operands)
            .filter(ClassLoader.class::isInstance)
            .map(ClassLoader.class::cast)
            .findFirst()
            .orElseGet(() -> Thread.currentThread().getContextClassLoader());
    return isDeclared(service.getName(), loader) ? of("service", service, "") : List.of();
  }

  private static boolean isDeclared(String service, ClassLoader loader) {
    try {
      var files =
          Objects.requireNonNullElse(loader, ClassLoader.getSystemClassLoader())
              .getResources("META-INF/services/" + service);
      return files.hasMoreElements();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Of an array it is the element that counts; what has no name in a file cannot be registered. */
  private static List<Found> of(String kind, Class<?> type, String part) {
    var element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive() || element.isHidden() || Proxy.isProxyClass(element)
        ? List.of()
        : List.of(new Found(kind, element.getName(), part, jdk(element)));
  }

  private static boolean jdk(Class<?> type) {
    return type.getClassLoader() == null
        || type.getClassLoader().equals(ClassLoader.getPlatformClassLoader());
  }

  private static String isPublic(int modifiers) {
    return Modifier.isPublic(modifiers) ? "public " : "";
  }

  private static String parameters(Class<?>[] types) {
    return Arrays.stream(types).map(Class::getTypeName).collect(Collectors.joining(",", "(", ")"));
  }
}
