package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of a ServiceEntry.
 *
 * @param manifest as they are written
 * @param names the name in the entry of each port that is written, by its name at the origin
 */
record EntryPorts(List<Map<String, Object>> manifest, Map<String, String> names) {
  // The CRD wants fewer than 63 characters, a Kubernetes port name may have 63.
  private static final int LONGEST_NAME = 62;
  private static final int HASH_ROOM = 9;

  static EntryPorts of(List<ServicePort> ports, LossList losses) {
    var manifest = new ArrayList<Map<String, Object>>();
    var names = new LinkedHashMap<String, String>();
    var numbers = new HashMap<Integer, String>();
    for (ServicePort port : ports) {
      var path = "ports[" + port.name() + "]";
      if (port.protocol() == AppProtocol.UDP) {
        losses.dropped(path, "a ServiceEntry cannot say UDP; the proxies do not carry it");
        continue;
      }
      var sameNumber = numbers.putIfAbsent(port.number(), port.name());
      if (sameNumber != null) {
        losses.dropped(
            path, "a ServiceEntry has each number once, and " + sameNumber + " has it already");
        continue;
      }
      var word = IstioProtocols.wordOf(port.protocol());
      if (!word.equals(port.protocol().name())) {
        losses.approximated(
            path + ".protocol",
            port.protocol() + " is written as " + word + ": bytes are passed on");
      }
      var name = nameOf(port.name());
      if (!name.equals(port.name())) {
        losses.approximated(path + ".name", "is written as " + name + ", a DNS label");
      }
      names.put(port.name(), name);
      var entry = new LinkedHashMap<String, Object>();
      entry.put("number", port.number());
      entry.put("name", name);
      entry.put("protocol", word);
      manifest.add(entry);
    }
    return new EntryPorts(manifest, names);
  }

  private static String nameOf(String name) {
    var label = NameSyntax.label(name);
    return label.length() <= LONGEST_NAME
        ? label
        : NameSyntax.withHash(label.substring(0, LONGEST_NAME - HASH_ROOM), name);
  }
}
