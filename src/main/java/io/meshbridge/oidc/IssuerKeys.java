package io.meshbridge.oidc;

import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys of an issuer: read when they are first needed, when a token names one that is not among
 * them, and when they are old. Of all who need them one reads; and whoever sends tokens cannot make
 * us read more often than we want to.
 */
final class IssuerKeys implements VerificationKeyResolver {
  /** Older keys are read again. */
  static final Duration FRESH = Duration.ofMinutes(10);

  /** Older keys count no more, though the issuer cannot be asked: it may have dropped them. */
  static final Duration USABLE = Duration.ofHours(1);

  /** The least time from one reading to the next. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** The least time after a first failure; it doubles with each more, up to the other. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** How long a reading may take. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** At most so many wait for keys at once. */
  static final int MOST_WAITING = 64;

  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  private final KeySource source;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private final VerificationJwkSelector selector = new VerificationJwkSelector();
  private final Semaphore places = new Semaphore(MOST_WAITING);

  private volatile Optional<Known> known = Optional.empty();
  private volatile Optional<Trouble> trouble = Optional.empty();

  // Guards the writing of those above, and all of this.
  private final ReentrantLock reading = new ReentrantLock();
  private Optional<Long> readAt = Optional.empty();

  IssuerKeys(KeySource source, LongSupplier nanoTime) {
    this(source, nanoTime, PATIENCE);
  }

  IssuerKeys(KeySource source, LongSupplier nanoTime, Duration patience) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.patience = patience;
  }

  private record Known(List<JsonWebKey> keys, long at) {}

  /** What went wrong with the latest reading, and how long there will be no other. */
  private record Trouble(String reason, Duration pause) {
    static Trouble after(Optional<Trouble> before, String reason) {
      var next = before.map(one -> one.pause().multipliedBy(2)).orElse(FIRST_PAUSE);
      return new Trouble(reason, next.compareTo(PAUSE) < 0 ? next : PAUSE);
    }
  }

  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> around)
      throws UnresolvableKeyException {
    requireAlgorithm(token);
    var key = find(token);
    if (key.isEmpty()) {
      waitForKeys();
      key = find(token);
    } else if (!isYoungerThan(FRESH)) {
      readUnlessSomebodyDoes();
    }
    if (key.isPresent()) {
      return key.get();
    }
    if (trouble.isPresent() || !isYoungerThan(USABLE)) {
      throw new UnreachableIssuerException(
          trouble.map(Trouble::reason).orElse("its keys were not read"));
    }
    throw new UnresolvableKeyException("the issuer has no key that fits");
  }

  /** Before anybody is asked for keys of it. */
  private static void requireAlgorithm(JsonWebSignature token) throws UnresolvableKeyException {
    try {
      token.getAlgorithm();
    } catch (JoseException notAllowed) {
      throw new UnresolvableKeyException("its algorithm is not one that counts", notAllowed);
    }
  }

  private Optional<Key> find(JsonWebSignature token) throws UnresolvableKeyException {
    if (!isYoungerThan(USABLE)) {
      return Optional.empty();
    }
    try {
      var keys = known.map(Known::keys).orElse(List.of());
      return Optional.ofNullable(selector.selectWithVerifySignatureDisambiguate(token, keys))
          .map(JsonWebKey::getKey);
    } catch (JoseException unusable) {
      throw new UnresolvableKeyException("no key of the issuer can be used with it", unusable);
    }
  }

  private boolean isYoungerThan(Duration age) {
    return known.filter(keys -> nanoTime.getAsLong() - keys.at() < age.toNanos()).isPresent();
  }

  private void waitForKeys() throws UnreachableIssuerException {
    if (!places.tryAcquire()) {
      throw new UnreachableIssuerException("too many wait for its keys");
    }
    reading.lock();
    try {
      readUnlessJustRead();
    } finally {
      reading.unlock();
      places.release();
    }
  }

  private void readUnlessSomebodyDoes() {
    if (reading.tryLock()) {
      try {
        readUnlessJustRead();
      } finally {
        reading.unlock();
      }
    }
  }

  private void readUnlessJustRead() {
    var pause = trouble.map(Trouble::pause).orElse(PAUSE);
    if (readAt.filter(at -> nanoTime.getAsLong() - at < pause.toNanos()).isPresent()) {
      return;
    }
    try {
      var keys = keysIn(read());
      known = Optional.of(new Known(keys, nanoTime.getAsLong()));
      LOG.debugf("keys of the issuer read keys=%s", keys.size());
      if (trouble.isPresent()) {
        LOG.infof("keys of the issuer can be read again keys=%s", keys.size());
      }
      trouble = Optional.empty();
    } catch (IOException failed) {
      if (trouble.isEmpty()) {
        LOG.warnf("keys of the issuer cannot be read reason=%s", failed.getMessage());
      }
      trouble = Optional.of(Trouble.after(trouble, String.valueOf(failed.getMessage())));
    }
    readAt = Optional.of(nanoTime.getAsLong());
  }

  /**
   * The keys in JSON (JWKS).
   *
   * @throws IOException if there is none that can be used
   */
  static List<JsonWebKey> keysIn(String json) throws IOException {
    try {
      var keys = List.copyOf(new JsonWebKeySet(json).getJsonWebKeys());
      if (keys.isEmpty()) {
        throw new IOException("there is no key in what should be keys (JWKS)");
      }
      return keys;
    } catch (JoseException | ClassCastException noKeys) {
      throw new IOException("what should be keys (JWKS) is something else", noKeys);
    }
  }

  /** Whatever the other side does, the time is limited. */
  private String read() throws IOException {
    var task = new FutureTask<>(source::read);
    var thread = Thread.ofVirtual().name("issuer-keys").start(task);
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException tooLong) {
      throw new IOException("no answer within " + patience, tooLong);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException ours ? ours : new IOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    } finally {
      thread.interrupt();
    }
  }
}
