package io.meshbridge.it.nativegap.agent;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A call of the JDK that finds something by name, or uses what was found so, and that a native
 * executable answers from what was registered.
 */
enum Watched {
  // What is found is known after the call; what is not found needs no registration.
  CLASS("java/lang/Class", After.CALL, "forName"),
  LOADED_CLASS("java/lang/ClassLoader", After.CALL, "loadClass"),
  MEMBER(
      "java/lang/Class",
      After.CALL,
      "getMethod",
      "getDeclaredMethod",
      "getField",
      "getDeclaredField",
      "getConstructor",
      "getDeclaredConstructor"),
  METHODS("java/lang/Class", After.NOTHING, "getMethods"),
  DECLARED_METHODS("java/lang/Class", After.NOTHING, "getDeclaredMethods"),
  FIELDS("java/lang/Class", After.NOTHING, "getFields"),
  DECLARED_FIELDS("java/lang/Class", After.NOTHING, "getDeclaredFields"),
  CONSTRUCTORS("java/lang/Class", After.NOTHING, "getConstructors"),
  DECLARED_CONSTRUCTORS("java/lang/Class", After.NOTHING, "getDeclaredConstructors"),
  RECORD_COMPONENTS("java/lang/Class", After.NOTHING, "getRecordComponents"),
  // The call itself may fail with what the program's method throws, so it is noted before.
  INSTANTIATION("java/lang/Class", After.NOTHING, "newInstance"),
  INVOCATION("java/lang/reflect/Method", After.NOTHING, "invoke"),
  CONSTRUCTION("java/lang/reflect/Constructor", After.NOTHING, "newInstance"),
  FIELD_ACCESS(
      "java/lang/reflect/Field",
      After.NOTHING,
      "get",
      "getInt",
      "getLong",
      "getBoolean",
      "set",
      "setInt",
      "setLong",
      "setBoolean"),
  UNREFLECTED(
      "java/lang/invoke/MethodHandles$Lookup",
      After.NOTHING,
      "unreflect",
      "unreflectConstructor",
      "unreflectGetter",
      "unreflectSetter",
      "unreflectVarHandle"),
  HANDLE(
      "java/lang/invoke/MethodHandles$Lookup",
      After.NOTHING,
      "findVirtual",
      "findStatic",
      "findSpecial",
      "findConstructor",
      "findGetter",
      "findSetter",
      "findStaticGetter",
      "findStaticSetter",
      "findVarHandle",
      "findStaticVarHandle"),
  PROXY("java/lang/reflect/Proxy", After.NOTHING, "newProxyInstance", "getProxyClass"),
  RESOURCE_OF_CLASS("java/lang/Class", After.CALL, "getResource", "getResourceAsStream"),
  RESOURCE(
      "java/lang/ClassLoader",
      After.CALL,
      "getResource",
      "getResourceAsStream",
      "getResources",
      "resources",
      "getSystemResource",
      "getSystemResourceAsStream",
      "getSystemResources"),
  SERVICE("java/util/ServiceLoader", After.NOTHING, "load", "loadInstalled"),
  BUNDLE("java/util/ResourceBundle", After.CALL, "getBundle"),
  WRITTEN_OBJECT("java/io/ObjectOutputStream", After.NOTHING, "writeObject"),
  READ_OBJECT("java/io/ObjectInputStream", After.CALL, "readObject");

  /** Whether the call is noted once its result is known. */
  private enum After {
    CALL,
    NOTHING
  }

  private static final Set<String> OWNERS =
      Arrays.stream(values()).map(Watched::owner).collect(Collectors.toUnmodifiableSet());
  private static final Set<String> CLASS_LOADERS =
      Set.of("java/net/URLClassLoader", "java/security/SecureClassLoader");

  private final String owner;
  private final After when;
  private final Set<String> names;

  Watched(String owner, After when, String... names) {
    this.owner = owner;
    this.when = when;
    this.names = Set.of(names);
  }

  private String owner() {
    return owner;
  }

  boolean isNotedAfterTheCall() {
    return when == After.CALL;
  }

  /** Whether a class that refers to this one may hold a watched call. */
  static boolean isOwner(String internalName) {
    return OWNERS.contains(internalName) || CLASS_LOADERS.contains(internalName);
  }

  static Optional<Watched> find(String owner, String name) {
    var declared = CLASS_LOADERS.contains(owner) ? "java/lang/ClassLoader" : owner;
    for (Watched each : values()) {
      if (each.owner.equals(declared) && each.names.contains(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
