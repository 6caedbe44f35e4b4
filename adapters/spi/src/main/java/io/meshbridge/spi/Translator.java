package io.meshbridge.spi;

import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import java.util.List;
import java.util.Optional;

/**
 * Translates between the native objects of one make of mesh and the model. Pure: no I/O, no clock;
 * equal input gives equal output.
 */
public interface Translator {
  /** The format in which people keep such a mesh's objects in files. */
  FileFormat fileFormat();

  /**
   * Reads all objects of a mesh together, since they refer to one another. An object that cannot be
   * read costs only itself.
   *
   * @param mesh the mesh that they belong to
   * @param selection whether only marked services are wanted
   */
  Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection);

  /** Says an import in the target's words. */
  Translation write(Import service, WriteContext context);

  /**
   * The documents of all imports in an order in which the mesh takes them one after the other; as
   * they are where it takes them in any.
   */
  default List<NativeDocument> inOrderOfWriting(List<NativeDocument> documents) {
    return documents;
  }

  /** Whose import a native object is, if a bridge wrote it. */
  Optional<Ownership> ownership(Document document);

  /** Which services of a set of objects are wanted. */
  enum Selection {
    /** Only those that bear the export mark: for a live federation. */
    MARKED,
    /** All that people wrote: for translating a file by hand. */
    ALL
  }

  /** How documents are printed. */
  enum FileFormat {
    /** YAML documents, separated by {@code ---}. */
    YAML,
    /** JSON documents, one after the other. */
    JSON
  }

  /**
   * Into what an import is written.
   *
   * @param federation the federation's id, for the marks of ownership
   * @param target the mesh that takes the import
   * @param namespace where imports are put, for meshes that have namespaces; the adapter's default
   *     if empty
   * @param version of the target's control plane, which decides what can be said there; empty for
   *     the newest that is known
   */
  record WriteContext(String federation, MeshId target, String namespace, String version) {
    /** Into the newest version that is known. */
    public WriteContext(String federation, MeshId target, String namespace) {
      this(federation, target, namespace, "");
    }
  }
}
