package io.meshbridge.cli;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** The list of members of the configured federation. */
@Singleton
final class MembersAccess implements MembersSource {
  private final ConfigAccess configuration;
  private final Instance<MembersBook.Opener> opener;

  MembersAccess(ConfigAccess configuration, Instance<MembersBook.Opener> opener) {
    this.configuration = configuration;
    this.opener = opener;
  }

  @Override
  public MembersBook open(ConfigOptions options) throws UnreachableException, InterruptedException {
    return opener.get().open(configuration.federationOnly(options));
  }
}
