package io.meshbridge.testkit.contract;

import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Translator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the contract has to do to a mesh behind the adapter's back, in that mesh's own words. One
 * rig is one mesh: it is started once per test class and cleared before each test. Nothing in it
 * goes through the adapter's source or sink.
 *
 * <p>The federation is {@link io.meshbridge.testkit.Samples#FEDERATION}.
 */
public interface MeshRig extends AutoCloseable {
  /** The mesh that this is. */
  MeshDescriptor mesh();

  /** The make's translator. */
  Translator translator();

  /** A new connection, as after a restart of the bridge; the contract closes it. */
  MeshConnection connect();

  /** Takes away all that was put here, and mends the way to read it. */
  void clear();

  // What people do at home.

  /** Creates the service, or changes it to this; says under which key it is exported. */
  ServiceKey put(HomeService service);

  /** Creates many services; override where one by one takes long. */
  default void putAll(List<HomeService> services) {
    services.forEach(this::put);
  }

  /** Deletes the service. */
  void remove(HomeService service);

  /**
   * Puts the service as every other tool that mirrors services would, marked for export.
   *
   * @return whether there is such a tool for this make of mesh
   */
  boolean putMirrored(HomeService service);

  /** Puts the objects of an import, as this mesh's bridge writes them, marked for export. */
  ServiceKey putExported(Import imported);

  /**
   * Puts the strangest services that this mesh lets people make: names at the edge of what is
   * allowed, Unicode, values of the greatest length, fields of the wrong kind. All are marked.
   *
   * @return those of which a source must speak, one way or the other
   */
  Set<ServiceKey> putStrange();

  /** Makes the mesh unreadable for connections, also for those that are open. */
  void breakReading();

  /** Makes it readable again. What people did meanwhile, through this rig, is there. */
  void restoreReading();

  // What the sink writes.

  /** How this make names the import of a service by default. */
  String importName(ServiceKey service);

  /** All services' objects in the mesh, by a name of the rig's choice. */
  SortedMap<String, NativeObject> objects();

  /**
   * Puts somebody else's object where the import stands or would stand.
   *
   * @return its name among the {@link #objects()}
   */
  String occupy(Import wanted);

  /** Deletes one of the {@link #objects()}. */
  void delete(String object);

  /** One for each field that the bridge owns of an import that stands. */
  List<Tampering> tamperings(Import standing);

  @Override
  void close();
}
