package io.meshbridge.it.nativegap.agent;

import java.util.ArrayList;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** A class whose watched calls tell the {@link Recorder} first, or once they are answered. */
final class NotedClass {
  private static final String RECORDER = Type.getInternalName(Recorder.class);
  private static final String NOTE =
      "(Ljava/lang/Object;[Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;"
          + "Ljava/lang/String;Z)V";
  private static final String BRIDGE = "meshbridge$noted$";

  private final ClassNode node;
  private final ArrayList<MethodNode> bridges = new ArrayList<>();
  private boolean changed;

  NotedClass(ClassNode node) {
    this.node = node;
  }

  /** Whether there was any watched call. */
  boolean addNotes() {
    for (MethodNode method : node.methods) {
      for (AbstractInsnNode instruction : method.instructions.toArray()) {
        switch (instruction) {
          case MethodInsnNode call -> addNote(method, call);
          case InvokeDynamicInsnNode reference -> addNotes(reference, method);
          default -> {}
        }
      }
    }
    node.methods.addAll(bridges);
    return changed;
  }

  private void addNote(MethodNode method, MethodInsnNode call) {
    var watched = Watched.find(call.owner, call.name);
    if (watched.isEmpty() || call.getOpcode() == Opcodes.INVOKESPECIAL) {
      return;
    }
    addNote(method, call, watched.get(), method.name + method.desc, ConstantCall.is(call));
  }

  /**
   * Operands go through locals above all that the method has: nothing jumps into between, so the
   * method's frames stay right.
   */
  private void addNote(
      MethodNode method, MethodInsnNode call, Watched watched, String caller, boolean constant) {
    changed = true;
    var operands = Operands.of(call, method.maxLocals);
    method.maxLocals = operands.end();
    method.instructions.insertBefore(call, operands.store());
    if (watched.isNotedAfterTheCall()) {
      method.instructions.insertBefore(call, operands.load());
      var after = new InsnList();
      after.add(new InsnNode(Opcodes.DUP));
      after.add(note(operands, watched, caller, constant));
      method.instructions.insert(call, after);
    } else {
      var before = new InsnList();
      before.add(new InsnNode(Opcodes.ACONST_NULL));
      before.add(note(operands, watched, caller, constant));
      before.add(operands.load());
      method.instructions.insertBefore(call, before);
    }
  }

  private InsnList note(Operands operands, Watched watched, String caller, boolean constant) {
    var note = operands.asArray();
    note.add(new LdcInsnNode(watched.name()));
    note.add(new LdcInsnNode(node.name.replace('/', '.')));
    note.add(new LdcInsnNode(caller));
    note.add(new IntInsnNode(Opcodes.BIPUSH, constant ? 1 : 0));
    note.add(new MethodInsnNode(Opcodes.INVOKESTATIC, RECORDER, "note", NOTE, false));
    return note;
  }

  /** A method reference becomes one to a method of our own, which holds the call. */
  private void addNotes(InvokeDynamicInsnNode reference, MethodNode user) {
    for (int i = 0; i < reference.bsmArgs.length; i++) {
      if (reference.bsmArgs[i] instanceof Handle handle && isInvocation(handle)) {
        var watched = Watched.find(handle.getOwner(), handle.getName());
        if (watched.isPresent()) {
          reference.bsmArgs[i] = bridgeTo(handle, watched.get(), user.name + user.desc);
        }
      }
    }
  }

  private static boolean isInvocation(Handle handle) {
    return handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKESTATIC;
  }

  private Handle bridgeTo(Handle handle, Watched watched, String caller) {
    boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
    var call =
        new MethodInsnNode(
            isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL,
            handle.getOwner(),
            handle.getName(),
            handle.getDesc(),
            handle.isInterface());
    var types = Operands.typesOf(call);
    var descriptor =
        Type.getMethodDescriptor(Type.getReturnType(handle.getDesc()), types.toArray(Type[]::new));
    var bridge =
        new MethodNode(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            BRIDGE + bridges.size(),
            descriptor,
            null,
            null);
    bridges.add(bridge);
    int local = 0;
    for (Type type : types) {
      bridge.instructions.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local));
      local += type.getSize();
    }
    bridge.maxLocals = local;
    bridge.instructions.add(call);
    bridge.instructions.add(
        new InsnNode(Type.getReturnType(handle.getDesc()).getOpcode(Opcodes.IRETURN)));
    addNote(bridge, call, watched, caller, false);
    boolean inInterface = (node.access & Opcodes.ACC_INTERFACE) != 0;
    return new Handle(Opcodes.H_INVOKESTATIC, node.name, bridge.name, descriptor, inInterface);
  }
}
