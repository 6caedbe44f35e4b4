package io.meshbridge.it.nativegap;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Which classes are initialised when a native executable runs: those that are named, or whose
 * package is. All others are while it is built, as Quarkus wants it, and what their initializers
 * look up is found then.
 */
record Initialization(Set<String> atRunTime) {
  private static final Pattern ARGUMENT = Pattern.compile("--initialize-at-run-time=([\\w.$,]+)");

  /** The names in the arguments that a library brings along. */
  static Set<String> namedBy(String properties) {
    var names = new HashSet<String>();
    ARGUMENT
        .matcher(properties)
        .results()
        .forEach(found -> names.addAll(Arrays.asList(found.group(1).split(","))));
    return names;
  }

  /** The names in the class that Quarkus generates to tell native-image. */
  static Set<String> namedBy(byte[] feature) {
    var names = new HashSet<String>();
    new ClassReader(feature)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new NamesInCode(names);
              }
            },
            ClassReader.SKIP_DEBUG);
    return names;
  }

  /** Names stand before the call that tells them, and those for other calls in between. */
  private static final class NamesInCode extends MethodVisitor {
    private static final Set<String> OTHERS =
        Set.of("initializeAtBuildTime", "registerAsUnsafeAccessed", "register");

    private final Set<String> names;
    private final Set<String> untold = new HashSet<>();

    NamesInCode(Set<String> names) {
      super(Opcodes.ASM9);
      this.names = names;
    }

    @Override
    public void visitLdcInsn(Object constant) {
      if (constant instanceof String text) {
        untold.add(text);
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (name.equals("initializeAtRunTime")) {
        names.addAll(untold);
        untold.clear();
      } else if (OTHERS.contains(name)) {
        untold.clear();
      }
    }
  }

  /** Whether this happened in an initializer that runs at build time. */
  boolean isBeforeTheRun(Access access) {
    return access.initializers().stream().anyMatch(name -> !isAtRunTime(name));
  }

  private boolean isAtRunTime(String name) {
    for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
      if (atRunTime.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
