package io.meshbridge.it.nativegap.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** Looks things up in every way that is watched for. */
public final class LooksUp implements Runnable {
  private static final String NAME = "java.lang.Integer";

  static {
    try {
      Class.forName("java.lang." + Long.class.getSimpleName());
    } catch (ClassNotFoundException unusual) {
      throw new IllegalStateException(unusual);
    }
  }

  @Override
  public void run() {
    try {
      byConstant();
      byName(NAME);
      byReference();
      byHandle();
      byProxy();
      byResource();
    } catch (ReflectiveOperationException unusual) {
      throw new IllegalStateException(unusual);
    } catch (IOException unusual) {
      throw new UncheckedIOException(unusual);
    }
  }

  private static void byConstant() throws ReflectiveOperationException {
    Class.forName("java.lang.String");
    String.class.getMethod("length").invoke("");
  }

  private static void byName(String name) throws ReflectiveOperationException {
    Class.forName(name, true, LooksUp.class.getClassLoader());
  }

  private static void byReference() {
    Function<Class<?>, Object[]> fields = Class::getDeclaredFields;
    if (fields.apply(String.class).length == 0) {
      throw new IllegalStateException("a text has fields");
    }
  }

  private static void byHandle() throws ReflectiveOperationException {
    var concat = MethodType.methodType(String.class, String.class);
    MethodHandles.lookup().findVirtual(String.class, "concat", concat);
  }

  private static void byProxy() {
    Proxy.newProxyInstance(
        LooksUp.class.getClassLoader(),
        new Class<?>[] {Runnable.class},
        (proxy, method, arguments) -> null);
  }

  private static void byResource() throws IOException {
    try (var file = LooksUp.class.getResourceAsStream("LooksUp.class")) {
      file.read();
    }
  }
}
