package io.meshbridge.it.nativegap.agent;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What a call takes from the stack, the receiver first, and the local variables that hold it for a
 * moment.
 *
 * @param first the number of the first of these variables
 */
record Operands(List<Type> types, int first) {
  static Operands of(MethodInsnNode call, int first) {
    return new Operands(typesOf(call), first);
  }

  static List<Type> typesOf(MethodInsnNode call) {
    var types = new ArrayList<Type>();
    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
      types.add(Type.getObjectType(call.owner));
    }
    types.addAll(List.of(Type.getArgumentTypes(call.desc)));
    return List.copyOf(types);
  }

  /** The number of the first variable behind them. */
  int end() {
    return first + types.stream().mapToInt(Type::getSize).sum();
  }

  InsnList store() {
    var code = new InsnList();
    int local = end();
    for (Type type : types.reversed()) {
      local -= type.getSize();
      code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), local));
    }
    return code;
  }

  InsnList load() {
    var code = new InsnList();
    int local = first;
    for (Type type : types) {
      code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local));
      local += type.getSize();
    }
    return code;
  }

  /** Code that makes an array of them; numbers, which nobody asks for, are null. */
  InsnList asArray() {
    var code = new InsnList();
    code.add(new IntInsnNode(Opcodes.BIPUSH, types.size()));
    code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
    int local = first;
    for (int i = 0; i < types.size(); i++) {
      var type = types.get(i);
      if (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY) {
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new IntInsnNode(Opcodes.BIPUSH, i));
        code.add(new VarInsnNode(Opcodes.ALOAD, local));
        code.add(new InsnNode(Opcodes.AASTORE));
      }
      local += type.getSize();
    }
    return code;
  }
}
