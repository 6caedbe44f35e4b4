package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.spi.Settings;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsulHttpTest {
  private static final int CALLS = 3_000;
  private static final int AT_ONCE = 20;

  /** Without ACLs the agent answers this call before it has read what is asked. */
  @Test
  void anAnswerThatComesBeforeTheQuestionIsReadIsNotLost() throws Exception {
    try (var agent = ConsulAgent.start(new ConsulAgent.Options(false, true));
        var http = new ConsulHttp(settings(agent));
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      Callable<Boolean> question =
          () -> {
            new Rights(http).requireReadAll();
            return true;
          };

      var answers = threads.invokeAll(IntStream.range(0, CALLS).mapToObj(i -> question).toList());

      assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isTrue());
      assertThat(http.isMultiplexed()).isTrue();
    }
  }

  private static ConsulSettings settings(ConsulAgent agent) {
    return new ConsulSettings(
        Settings.check(
            new ConsulAdapter().settings(),
            Map.of("url", agent.url().toString(), "tls.ca-file", agent.caFile().toString())));
  }
}
