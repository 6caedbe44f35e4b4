package io.meshbridge.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // claims                                          | looked at          | found
        "{'groups':['a','b']}                              | groups             | a b",
        "{'groups':'a b'}                                  | groups             | a_b",
        "{'scope':'a b'}                                   | scope              | a b",
        "{'scp':'a b'}                                     | scp                | a b",
        "{'scp':['a b']}                                   | scp                | a_b",
        "{'realm_access':{'roles':['a']}}                  | realm_access.roles | a",
        "{'a':{'b':{'c':'x'}}}                             | a.b.c              | x",
        "{'https://x.example/roles':['a']}                 | https://x.example/roles | a",
        "{'a.b':'whole','a':{'b':'path'}}                  | a.b                | whole",
        "{'groups':['a'],'roles':['b']}                    | groups,roles       | a b",
        "{'groups':['a',1,null,['b'],{'c':'d'}]}           | groups             | a",
        "{'groups':{'a':true}}                             | groups             | ''",
        "{'groups':true}                                   | groups             | ''",
        "{'groups':null}                                   | groups             | ''",
        "{'realm_access':'roles'}                          | realm_access.roles | ''",
        "{'groups':['a']}                                  | roles              | ''",
        "{'groups':['a']}                                  | groups.a           | ''",
        "{'a':{'':'x'}}                                    | a.b                | ''"
      })
  void findsWhatGivesRoles(String json, String lookedAt, String found) throws Exception {
    var claims = new Claims(JsonUtil.parseJson(json.strip().replace('\'', '"')));

    var values = claims.values(List.of(lookedAt.split(",", -1)));

    assertThat(String.join(" ", values.stream().map(v -> v.replace(' ', '_')).toList()))
        .isEqualTo(found);
  }
}
