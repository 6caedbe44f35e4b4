package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The client of one cluster, made from settings when it is first needed. */
public final class KubernetesAccess implements AutoCloseable {
  private final Settings settings;
  private final Throttle throttle;
  private final ReentrantLock lock = new ReentrantLock();
  // Both guarded by the lock.
  private @Nullable KubernetesClient client;
  private boolean closed;

  /** Opens nothing yet. */
  public KubernetesAccess(Settings settings) {
    this.settings = settings;
    this.throttle = new Throttle(System::nanoTime, new Random());
  }

  /**
   * The client.
   *
   * @throws MeshUnavailableException if the kubeconfig cannot be used, or this was closed
   */
  public KubernetesClient client() throws MeshUnavailableException {
    lock.lock();
    try {
      if (closed) {
        throw new MeshUnavailableException("the connection to the cluster was closed");
      }
      if (client == null) {
        client = build(config());
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (client != null) {
        client.close();
        client = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whoever makes a request waits here for his turn. */
  Throttle throttle() {
    return throttle;
  }

  private KubernetesClient build(Config config) {
    var witness = new ThrottleWitness(throttle, config.getMasterUrl());
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(
            builder -> builder.addOrReplaceInterceptor("throttle", witness))
        .build();
  }

  private Config config() throws MeshUnavailableException {
    var config = base(settings.path(KubernetesSettings.KUBECONFIG));
    settings
        .url(KubernetesSettings.MASTER_URL)
        .ifPresent(url -> config.setMasterUrl(url.toString()));
    int timeoutMs =
        Math.toIntExact(settings.duration(KubernetesSettings.REQUEST_TIMEOUT).toMillis());
    config.setRequestTimeout(timeoutMs);
    config.setConnectionTimeout(timeoutMs);
    // Our own callers decide when to try again: a client that retries and reconnects by itself
    // keeps
    // a failure from them for as long as a minute.
    config.setRequestRetryBackoffLimit(0);
    config.setWatchReconnectLimit(0);
    return config;
  }

  private Config base(Optional<Path> kubeconfig) throws MeshUnavailableException {
    var context = settings.text(KubernetesSettings.CONTEXT);
    if (kubeconfig.isEmpty()) {
      return Config.autoConfigure(context.orElse(null));
    }
    var file = kubeconfig.orElseThrow();
    if (!Files.isReadable(file)) {
      throw new MeshUnavailableException(
          "the kubeconfig " + file + " cannot be read; set " + KubernetesSettings.KUBECONFIG);
    }
    try {
      return context.isPresent()
          ? Config.fromKubeconfig(context.orElseThrow(), file.toFile())
          : Config.fromKubeconfig(file.toFile());
    } catch (RuntimeException malformed) {
      throw new MeshUnavailableException(
          "the kubeconfig " + file + " cannot be used: " + ApiFailures.reasonOf(malformed),
          malformed);
    }
  }
}
