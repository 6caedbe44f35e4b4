package io.meshbridge.bridge;

import io.meshbridge.concurrent.Threads;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.log.LogUnavailableException;
import io.meshbridge.log.MembersAdmin;
import io.meshbridge.model.Member;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Makes the meshes that this process serves members by itself, where that is switched on: for
 * development and demonstrations. A mesh that the federation knows, active or retired, is left as
 * its operators want it.
 */
final class AutomaticMembership {
  private static final Logger LOG = Logger.getLogger(AutomaticMembership.class);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final BridgeConfig config;
  private final MembersAdmin admin;

  AutomaticMembership(BridgeConfig config, MembersAdmin admin) {
    this.config = config;
    this.admin = admin;
  }

  void apply() throws InterruptedException {
    if (!config.automaticMembership()) {
      return;
    }
    while (true) {
      try {
        addMissing();
        return;
      } catch (LogUnavailableException unavailable) {
        LOG.warnf("cannot become a member yet error=%s", unavailable.getMessage());
      }
      Threads.pause(RETRY);
    }
  }

  private void addMissing() throws LogUnavailableException, InterruptedException {
    var known = admin.list().stream().map(Member::id).collect(Collectors.toSet());
    for (MeshConfig mesh : config.meshes()) {
      if (!known.contains(mesh.mesh().id())) {
        admin.put(
            Member.active(mesh.mesh().id(), mesh.mesh().kind()),
            config.bridgeId(),
            "automatic membership");
        LOG.infof("became a member by itself mesh=%s", mesh.mesh().id());
      }
    }
  }
}
