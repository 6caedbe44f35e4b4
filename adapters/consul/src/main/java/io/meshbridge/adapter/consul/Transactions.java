package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.List;

/** Writes operations in transactions, each of which happens whole or not at all. */
final class Transactions {
  /** What every server from 1.8 on takes at once. */
  static final int MAX_OPERATIONS = 64;

  private static final String PATH = "/v1/txn";
  private final ConsulHttp http;

  /** What became of a list of operations. */
  sealed interface Result {
    /** All were written. */
    record Written() implements Result {}

    /** Something is no longer as it was read; earlier transactions of the list stand. */
    record Stale(String what) implements Result {}

    /** Trying again will not help. */
    record Rejected(String reason) implements Result {}
  }

  Transactions(ConsulHttp http) {
    this.http = http;
  }

  /**
   * Writes in order.
   *
   * @param permit checked right before each transaction
   */
  Result write(List<TxnOp> operations, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    int to = 0;
    for (int from = 0; from < operations.size(); from = to) {
      to = endOfBatch(operations, from);
      var batch = operations.subList(from, to);
      permit.check();
      var answer = http.put(PATH, batch.stream().map(TxnOp::toJson).toList());
      if (!answer.isOk()) {
        return resultOf(answer, batch);
      }
    }
    return new Result.Written();
  }

  /**
   * A check is never cut off from its service: without it, Consul takes the instance for healthy.
   */
  private static int endOfBatch(List<TxnOp> operations, int from) {
    int to = Math.min(operations.size(), from + MAX_OPERATIONS);
    return to < operations.size()
            && operations.get(to) instanceof TxnOp.PutCheck check
            && operations.get(to - 1) instanceof TxnOp.PutService service
            && service.instance().equals(check.instance())
        ? to - 1
        : to;
  }

  private static Result resultOf(Answer answer, List<TxnOp> batch) throws MeshUnavailableException {
    return switch (answer.status()) {
      case 409 -> resultOfErrors(answer, batch);
      case 401, 403 ->
          new Result.Rejected(answer.excerpt() + "; the token needs " + batch.getFirst().right());
      case 400, 413, 422 -> new Result.Rejected(answer.excerpt());
      default ->
          throw new MeshUnavailableException(
              "PUT " + PATH + " answered " + answer.status() + ": " + answer.excerpt());
    };
  }

  private static Result resultOfErrors(Answer answer, List<TxnOp> batch)
      throws MeshUnavailableException {
    var stale = "";
    for (var error : Fields.objects(Fields.list(Fields.asObject(answer.body()), "Errors"))) {
      var what = Fields.text(error, "What");
      if (what.contains("Permission denied") || what.contains("ACL not found")) {
        var index = Math.clamp(Fields.number(error, "OpIndex", 0), 0, batch.size() - 1);
        return new Result.Rejected(what + "; the token needs " + batch.get(index).right());
      }
      // The words are those of Consul 1.8; there is no code to tell the cases apart.
      if (!what.contains("index is stale") && !what.contains("Missing node registration")) {
        return new Result.Rejected(what);
      }
      stale = what;
    }
    if (stale.isEmpty()) {
      throw new MeshUnavailableException("PUT " + PATH + " answered 409: " + answer.excerpt());
    }
    return new Result.Stale(stale);
  }
}
