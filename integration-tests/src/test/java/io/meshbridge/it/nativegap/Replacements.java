package io.meshbridge.it.nativegap;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Methods that a native executable has in another form, as Quarkus and libraries want it: what they
 * do on a JVM, they do not do there.
 *
 * @param methods classes and names, with a dot in between; a class alone if all of it is replaced
 */
record Replacements(Set<String> methods) {
  boolean contain(Access access) {
    return methods.contains(access.caller()) || methods.contains(access.callerClass());
  }

  /** Those that were found so far. */
  static final class Found {
    private static final String PACKAGE = "com/oracle/svm/core/annotate/";
    private static final String TARGET = "L" + PACKAGE + "TargetClass;";
    private static final Set<String> OTHER_FORM =
        Set.of("L" + PACKAGE + "Substitute;", "L" + PACKAGE + "Delete;");
    private static final byte[] MARK = TARGET.getBytes(StandardCharsets.US_ASCII);

    private final Set<String> methods = new HashSet<>();

    Replacements all() {
      return new Replacements(Set.copyOf(methods));
    }

    /** Adds what a class of the class path replaces, if it is one of that kind. */
    void look(byte[] classFile) {
      if (!mentionsTarget(classFile)) {
        return;
      }
      var node = new ClassNode();
      new ClassReader(classFile).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      targetOf(node).ifPresent(target -> add(target, node));
    }

    private void add(String target, ClassNode node) {
      if (isOfOtherForm(node.visibleAnnotations) || isOfOtherForm(node.invisibleAnnotations)) {
        methods.add(target);
      }
      for (MethodNode method : node.methods) {
        if (isOfOtherForm(method.visibleAnnotations)
            || isOfOtherForm(method.invisibleAnnotations)) {
          methods.add(target + "." + method.name);
        }
      }
    }

    private static boolean isOfOtherForm(Iterable<AnnotationNode> annotations) {
      if (annotations == null) {
        return false;
      }
      for (AnnotationNode annotation : annotations) {
        if (OTHER_FORM.contains(annotation.desc)) {
          return true;
        }
      }
      return false;
    }

    private static Optional<String> targetOf(ClassNode node) {
      for (var annotations :
          new Iterable<?>[] {node.visibleAnnotations, node.invisibleAnnotations}) {
        if (annotations != null) {
          for (Object each : annotations) {
            if (each instanceof AnnotationNode annotation && annotation.desc.equals(TARGET)) {
              return Optional.of(name(annotation));
            }
          }
        }
      }
      return Optional.empty();
    }

    private static String name(AnnotationNode target) {
      var name = new StringBuilder();
      for (int i = 0; i < target.values.size(); i += 2) {
        var value = target.values.get(i + 1);
        switch ((String) target.values.get(i)) {
          case "value" -> name.insert(0, ((Type) value).getClassName());
          case "className" -> name.insert(0, value);
          case "innerClass" ->
              ((Iterable<?>) value).forEach(inner -> name.append('$').append(inner));
          default -> {}
        }
      }
      return name.toString();
    }

    private static boolean mentionsTarget(byte[] classFile) {
      for (int i = 0; i + MARK.length <= classFile.length; i++) {
        int at = 0;
        while (at < MARK.length && classFile[i + at] == MARK[at]) {
          at++;
        }
        if (at == MARK.length) {
          return true;
        }
      }
      return false;
    }
  }
}
