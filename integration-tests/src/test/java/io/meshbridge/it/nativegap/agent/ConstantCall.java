package io.meshbridge.it.nativegap.agent;

import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Whether a call has constants only, as in {@code Class.forName("a.B")} and {@code
 * B.class.getMethod("run", String.class)}: native-image answers these at build time and registers
 * what they find, so nobody else has to.
 */
final class ConstantCall {
  /** The methods of Class for which it does so. */
  private static final Set<String> ANSWERED =
      Set.of(
          "forName",
          "getMethod",
          "getDeclaredMethod",
          "getField",
          "getDeclaredField",
          "getConstructor",
          "getDeclaredConstructor",
          "getResource",
          "getResourceAsStream");

  private static final String LOADER = "(Ljava/lang/String;ZLjava/lang/ClassLoader;)";

  private ConstantCall() {}

  static boolean is(MethodInsnNode call) {
    if (!call.owner.equals("java/lang/Class") || !ANSWERED.contains(call.name)) {
      return false;
    }
    int values = Operands.typesOf(call).size();
    Optional<AbstractInsnNode> end = Optional.of(before(call));
    if (call.desc.startsWith(LOADER)) {
      // An executable has one loader: which one is asked makes no difference.
      end = end.flatMap(ConstantCall::beforeLoader);
      values--;
    }
    for (int i = 0; i < values; i++) {
      end = end.flatMap(ConstantCall::beforeConstant);
    }
    return end.isPresent();
  }

  /** The instruction before the code of one constant that ends here, if it is one. */
  private static Optional<AbstractInsnNode> beforeConstant(AbstractInsnNode end) {
    if (isPlainConstant(end)) {
      return Optional.of(before(end));
    }
    if (end.getOpcode() == Opcodes.ANEWARRAY) {
      return Optional.of(before(end))
          .filter(ConstantCall::isPlainConstant)
          .map(ConstantCall::before);
    }
    if (end.getOpcode() == Opcodes.AASTORE) {
      return beforeConstant(before(end))
          .filter(ConstantCall::isPlainConstant)
          .map(ConstantCall::before)
          .filter(array -> array.getOpcode() == Opcodes.DUP)
          .map(ConstantCall::before)
          .flatMap(ConstantCall::beforeConstant);
    }
    return Optional.empty();
  }

  /** The same of code that only fetches a loader, from a thread, a class or a variable. */
  private static Optional<AbstractInsnNode> beforeLoader(AbstractInsnNode end) {
    var start = end;
    while (start instanceof MethodInsnNode call && isGetter(call)) {
      start = before(start);
    }
    boolean isSource =
        start.getOpcode() == Opcodes.ALOAD
            || isPlainConstant(start)
            || (start instanceof MethodInsnNode call
                && call.getOpcode() == Opcodes.INVOKESTATIC
                && call.desc.startsWith("()"));
    return isSource ? Optional.of(before(start)) : Optional.empty();
  }

  private static boolean isGetter(MethodInsnNode call) {
    return call.getOpcode() == Opcodes.INVOKEVIRTUAL && call.desc.startsWith("()");
  }

  private static boolean isPlainConstant(AbstractInsnNode instruction) {
    return switch (instruction) {
      case LdcInsnNode constant -> constant.cst instanceof String || constant.cst instanceof Type;
      case FieldInsnNode field ->
          field.getOpcode() == Opcodes.GETSTATIC && field.name.equals("TYPE");
      default ->
          instruction.getOpcode() >= Opcodes.ACONST_NULL
              && instruction.getOpcode() <= Opcodes.SIPUSH;
    };
  }

  /** The instruction before; before the first one, one that does nothing. */
  private static AbstractInsnNode before(AbstractInsnNode instruction) {
    var previous = instruction.getPrevious();
    while (previous != null && previous.getOpcode() < 0) {
      previous = previous.getPrevious();
    }
    return previous == null ? new InsnNode(Opcodes.NOP) : previous;
  }
}
