package io.meshbridge.testkit.reference;

import java.util.Locale;
import java.util.regex.Pattern;

/** A condition on a text. Expressions match the whole text; of RE2 what Java has in common. */
sealed interface TextCondition {
  /** Whether it holds for a text that is there. */
  boolean holds(String text);

  /** It is the value. */
  record Exact(String value) implements TextCondition {
    @Override
    public boolean holds(String text) {
      return text.equals(value);
    }
  }

  /** It begins so. */
  record Prefix(String value) implements TextCondition {
    @Override
    public boolean holds(String text) {
      return text.startsWith(value);
    }
  }

  /** It ends so. */
  record Suffix(String value) implements TextCondition {
    @Override
    public boolean holds(String text) {
      return text.endsWith(value);
    }
  }

  /** It holds this. */
  record Contains(String value) implements TextCondition {
    @Override
    public boolean holds(String text) {
      return text.contains(value);
    }
  }

  /** All of it matches. */
  record Regex(Pattern pattern) implements TextCondition {
    static Regex of(String expression) {
      return new Regex(Pattern.compile(expression));
    }

    @Override
    public boolean holds(String text) {
      return pattern.matcher(text).matches();
    }
  }

  /** It is there. */
  record Present() implements TextCondition {
    @Override
    public boolean holds(String text) {
      return true;
    }
  }

  /** The condition, whose value is in lower case, holds for the text in lower case. */
  record IgnoringCase(TextCondition condition) implements TextCondition {
    @Override
    public boolean holds(String text) {
      return condition.holds(text.toLowerCase(Locale.ROOT));
    }
  }
}
