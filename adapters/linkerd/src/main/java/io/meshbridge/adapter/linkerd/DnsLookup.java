package io.meshbridge.adapter.linkerd;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Looks hosts up as this machine would, the hosts file first, but always afresh and with the time
 * to live, which the JDK's own resolver keeps to itself.
 */
final class DnsLookup implements HostLookup {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Supplier<LookupSession> sessions;

  /** Asks whom this machine asks. */
  DnsLookup() {
    this(DnsLookup::asConfiguredNow);
  }

  /** Asks as such a session does. */
  DnsLookup(Supplier<LookupSession> sessions) {
    this.sessions = sessions;
  }

  /** By itself, dnsjava would keep what it has read first. */
  private static LookupSession asConfiguredNow() {
    // All that read a configuration use the same readers, which are made for one thread.
    synchronized (ResolverConfig.class) {
      ResolverConfig.refresh();
      return LookupSession.builder()
          .resolver(new ExtendedResolver())
          .defaultHostsFileParser()
          .build();
    }
  }

  /** One of the two questions, answered. */
  private record Answer(int type, @Nullable LookupResult result, @Nullable Throwable failure) {}

  @Override
  public Result lookup(String host) throws InterruptedException {
    Name name;
    try {
      name = Name.fromString(host, Name.root);
    } catch (TextParseException noName) {
      return new Result.Failed("'" + host + "' is no host name: " + noName.getMessage());
    }
    var session = sessions.get();
    var answers = new LinkedBlockingQueue<Answer>();
    ask(session, name, Type.A, answers);
    ask(session, name, Type.AAAA, answers);
    return resultOf(host, answers);
  }

  private static void ask(
      LookupSession session, Name name, int type, BlockingQueue<Answer> answers) {
    session
        .lookupAsync(name, type)
        .whenComplete((result, failure) -> answers.add(new Answer(type, result, failure)));
  }

  private static Result resultOf(String host, BlockingQueue<Answer> answers)
      throws InterruptedException {
    var records = new ArrayList<Record>();
    for (int question = 0; question < 2; question++) {
      var answer = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        return new Result.Failed("the name servers did not answer within " + PATIENCE);
      }
      // Half an answer would look like an endpoint that lost half of its addresses.
      var failure = failureOf(answer);
      if (failure.isPresent()) {
        return new Result.Failed(failure.orElseThrow());
      }
      if (answer.result() != null) {
        records.addAll(answer.result().getRecords());
      }
    }
    var addresses = new ArrayList<InetAddress>();
    long seconds = Long.MAX_VALUE;
    for (Record record : records) {
      var address = addressOf(record);
      addresses.addAll(address);
      seconds = address.isEmpty() ? seconds : Math.min(seconds, record.getTTL());
    }
    return addresses.isEmpty()
        ? new Result.Failed("the name servers know no address of " + host)
        : new Result.Found(addresses, Duration.ofSeconds(seconds));
  }

  private static List<InetAddress> addressOf(Record record) {
    return switch (record) {
      case ARecord four -> List.of(four.getAddress());
      case AAAARecord six -> List.of(six.getAddress());
      default -> List.of();
    };
  }

  /** Why there is no answer; that there are no such addresses is one. */
  private static Optional<String> failureOf(Answer answer) {
    Throwable failure = answer.failure();
    while (failure != null
        && failure.getCause() != null
        && failure instanceof java.util.concurrent.CompletionException) {
      failure = failure.getCause();
    }
    if (failure == null
        || failure instanceof NoSuchDomainException
        || failure instanceof NoSuchRRSetException) {
      return Optional.empty();
    }
    return Optional.of("the name servers failed: " + failure.getMessage());
  }
}
