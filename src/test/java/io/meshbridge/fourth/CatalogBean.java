package io.meshbridge.fourth;

import io.meshbridge.spi.MeshAdapter;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The adapter as a bean, in a build that asks for it. In a module of its own it would be
 * {@code @ApplicationScoped}, and this class would not be needed; here it must not appear in the
 * tests of others.
 */
final class CatalogBean {
  @Produces
  @Singleton
  @IfBuildProperty(name = CatalogBuild.SWITCH, stringValue = "true")
  MeshAdapter catalog() {
    return new CatalogAdapter();
  }
}
