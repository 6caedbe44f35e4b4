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
  CLASS("java/lang/Class", When.AFTER, "forName"),
  LOADED_CLASS("java/lang/ClassLoader", When.AFTER, "loadClass"),
  MEMBER(
      "java/lang/Class",
      When.AFTER,
      "getMethod",
      "getDeclaredMethod",
      "getField",
      "getDeclaredField",
      "getConstructor",
      "getDeclaredConstructor"),
  METHODS("java/lang/Class", When.BEFORE, "getMethods"),
  DECLARED_METHODS("java/lang/Class", When.BEFORE, "getDeclaredMethods"),
  FIELDS("java/lang/Class", When.BEFORE, "getFields"),
  DECLARED_FIELDS("java/lang/Class", When.BEFORE, "getDeclaredFields"),
  CONSTRUCTORS("java/lang/Class", When.BEFORE, "getConstructors"),
  DECLARED_CONSTRUCTORS("java/lang/Class", When.BEFORE, "getDeclaredConstructors"),
  RECORD_COMPONENTS("java/lang/Class", When.BEFORE, "getRecordComponents"),
  // The call itself may fail with what the program's method throws, so it is noted before.
  INSTANTIATION("java/lang/Class", When.BEFORE, "newInstance"),
  INVOCATION("java/lang/reflect/Method", When.BEFORE, "invoke"),
  CONSTRUCTION("java/lang/reflect/Constructor", When.BEFORE, "newInstance"),
  FIELD_ACCESS(
      "java/lang/reflect/Field",
      When.BEFORE,
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
      When.BEFORE,
      "unreflect",
      "unreflectConstructor",
      "unreflectGetter",
      "unreflectSetter",
      "unreflectVarHandle"),
  HANDLE(
      "java/lang/invoke/MethodHandles$Lookup",
      When.BEFORE,
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
  PROXY("java/lang/reflect/Proxy", When.BEFORE, "newProxyInstance", "getProxyClass"),
  RESOURCE_OF_CLASS("java/lang/Class", When.AFTER, "getResource", "getResourceAsStream"),
  RESOURCE(
      "java/lang/ClassLoader",
      When.AFTER,
      "getResource",
      "getResourceAsStream",
      "getResources",
      "resources",
      "getSystemResource",
      "getSystemResourceAsStream",
      "getSystemResources"),
  SERVICE("java/util/ServiceLoader", When.BEFORE, "load", "loadInstalled"),
  BUNDLE("java/util/ResourceBundle", When.AFTER, "getBundle"),
  WRITTEN_OBJECT("java/io/ObjectOutputStream", When.BEFORE, "writeObject"),
  READ_OBJECT("java/io/ObjectInputStream", When.AFTER, "readObject");

  /** When a call is noted. */
  private enum When {
    BEFORE,
    AFTER
  }

  private static final Set<String> OWNERS =
      Arrays.stream(values()).map(Watched::owner).collect(Collectors.toUnmodifiableSet());
  private static final Set<String> CLASS_LOADERS =
      Set.of("java/net/URLClassLoader", "java/security/SecureClassLoader");

  private final String owner;
  private final When when;
  // Between blanks: an enum holds nothing that could change.
  private final String names;

  Watched(String owner, When when, String... names) {
    this.owner = owner;
    this.when = when;
    this.names = " " + String.join(" ", names) + " ";
  }

  private String owner() {
    return owner;
  }

  boolean isNotedAfterTheCall() {
    return when == When.AFTER;
  }

  /** Whether a class that refers to this one may hold a watched call. */
  static boolean isOwner(String internalName) {
    return OWNERS.contains(internalName) || CLASS_LOADERS.contains(internalName);
  }

  static Optional<Watched> find(String owner, String name) {
    var declared = CLASS_LOADERS.contains(owner) ? "java/lang/ClassLoader" : owner;
    for (Watched each : values()) {
      if (each.owner.equals(declared) && each.names.contains(" " + name + " ")) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
