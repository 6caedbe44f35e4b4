package io.meshbridge.adapter.linkerd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A name server on loopback that knows a few records. */
final class NameServer implements AutoCloseable {
  private final DatagramSocket socket;
  private final List<Record> records = new CopyOnWriteArrayList<>();
  private final AtomicInteger failing = new AtomicInteger(-1);
  private final Thread thread;

  NameServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (SocketException impossible) {
      throw new UncheckedIOException(impossible);
    }
    thread = Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  void add(Record record) {
    records.add(record);
  }

  /** Answers questions of this type with SERVFAIL. */
  void failFor(int type) {
    failing.set(type);
  }

  @Override
  public void close() {
    socket.close();
    thread.interrupt();
  }

  private void serve() {
    var buffer = new byte[1500];
    try {
      while (true) {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        var answer = answerTo(new Message(java.util.Arrays.copyOf(buffer, packet.getLength())));
        var bytes = answer.toWire();
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (IOException closed) {
      thread.interrupt();
    }
  }

  private Message answerTo(Message query) {
    var question = query.getQuestion();
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question, Section.QUESTION);
    if (question.getType() == failing.get()) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
      return answer;
    }
    boolean known = records.stream().anyMatch(r -> r.getName().equals(question.getName()));
    answer.getHeader().setRcode(known ? Rcode.NOERROR : Rcode.NXDOMAIN);
    records.stream()
        .filter(r -> r.getName().equals(question.getName()) && r.getType() == question.getType())
        .forEach(r -> answer.addRecord(r, Section.ANSWER));
    return answer;
  }
}
