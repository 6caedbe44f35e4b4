package io.meshbridge.it.nativegap.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/**
 * Adds a note to every watched call in classes of the program and its libraries. The JDK's own
 * classes stay as they are: what they need, a native executable has by itself.
 */
final class CallSites implements ClassFileTransformer {
  private static final String OURSELVES = RecorderAgent.class.getPackageName().replace('.', '/');
  private static final String OUR_LIBRARY = "org/objectweb/asm/";
  private static final int METHOD_REFERENCE = 10;
  private static final int INTERFACE_METHOD_REFERENCE = 11;

  private final Journal journal;

  CallSites(Journal journal) {
    this.journal = journal;
  }

  // The JVM's own contract: null is "as it was".
  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader == null
        || loader.equals(ClassLoader.getPlatformClassLoader())
        || name == null
        || name.startsWith(OURSELVES)
        || name.startsWith(OUR_LIBRARY)) {
      return null;
    }
    try {
      return noted(classFile);
    } catch (RuntimeException unusual) {
      // The JVM would pass over it in silence.
      journal.writeFailure(name, unusual);
      return null;
    }
  }

  private static byte[] noted(byte[] classFile) {
    var reader = new ClassReader(classFile);
    if (!mentionsWatchedOwner(reader)) {
      return null;
    }
    var node = new ClassNode(Opcodes.ASM9);
    reader.accept(node, 0);
    if (!new NotedClass(node).addNotes()) {
      return null;
    }
    var writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    node.accept(writer);
    return writer.toByteArray();
  }

  private static boolean mentionsWatchedOwner(ClassReader reader) {
    var buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int offset = reader.getItem(i);
      if (offset == 0) {
        continue;
      }
      int tag = reader.readByte(offset - 1);
      if ((tag == METHOD_REFERENCE || tag == INTERFACE_METHOD_REFERENCE)
          && Watched.isOwner(reader.readClass(offset, buffer))) {
        return true;
      }
    }
    return false;
  }
}
