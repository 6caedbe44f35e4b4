package io.meshbridge.it.nativegap.agent;

import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
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

  private ConstantCall() {}

  static boolean is(MethodInsnNode call) {
    if (!call.owner.equals("java/lang/Class") || !ANSWERED.contains(call.name)) {
      return false;
    }
    var end = before(call);
    int values = Operands.typesOf(call).size();
    for (int i = 0; i < values && end.isPresent(); i++) {
      end = beforeConstant(end.get());
    }
    return end.isPresent() || isStartOfMethod(call, values);
  }

  // A constant may be the method's very first instruction; then nothing is before it.
  private static boolean isStartOfMethod(MethodInsnNode call, int values) {
    Optional<AbstractInsnNode> at = Optional.of(call);
    for (int i = 0; i < values; i++) {
      at = at.flatMap(ConstantCall::before).filter(ConstantCall::isPlainConstant);
    }
    return at.isPresent();
  }

  /** The instruction before the code of one constant value that ends here, if it is one. */
  private static Optional<AbstractInsnNode> beforeConstant(AbstractInsnNode end) {
    if (isPlainConstant(end)) {
      return before(end);
    }
    if (end.getOpcode() == Opcodes.ANEWARRAY) {
      return before(end).filter(ConstantCall::isPlainConstant).flatMap(ConstantCall::before);
    }
    if (end.getOpcode() == Opcodes.AASTORE) {
      return before(end)
          .flatMap(ConstantCall::beforeConstant)
          .filter(ConstantCall::isPlainConstant)
          .flatMap(ConstantCall::before)
          .filter(array -> array.getOpcode() == Opcodes.DUP)
          .flatMap(ConstantCall::before)
          .flatMap(ConstantCall::beforeConstant);
    }
    return Optional.empty();
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

  private static Optional<AbstractInsnNode> before(AbstractInsnNode instruction) {
    var previous = instruction.getPrevious();
    while (previous != null && previous.getOpcode() < 0) {
      previous = previous.getPrevious();
    }
    return Optional.ofNullable(previous);
  }
}
