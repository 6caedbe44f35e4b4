#!/usr/bin/env python3
"""Keeps a live inventory of a federation from its topics, and prints it whenever it changes.

Reads only: the topics members, mesh.<mesh> and status.<mesh>, without a consumer group. How the
topics are to be read is in docs/events.md; the comments here name the rules that are easy to miss.
"""

import argparse
import json
import re
import sys
import time
from datetime import datetime, timezone
from urllib.parse import unquote

from confluent_kafka import (
    OFFSET_BEGINNING,
    Consumer,
    KafkaError,
    KafkaException,
    TopicPartition,
)

TAKES_TRAFFIC = {"ready", "warning"}
ELEMENT = re.compile(r"(?:[-A-Za-z0-9._*]|%[0-9A-F]{2})+")
POLICY = ("access", "traffic", "ingress")
KNOWN_TYPES = {"export", "endpoints", "fault", "hold", "heartbeat", "status", "member"}
MEMBER_STATES = {"active", "retired"}
MEMBER_LIMITS = {"addressRanges", "importers"}
NEW_TOPICS_SECONDS = 5.0
# Half of the seven days for which tombstones are kept: after longer, one may have been missed.
LONGEST_ABSENCE_SECONDS = 3.5 * 24 * 3600


def elements(key):
    """The decoded elements of a key behind `v1/`, or None if it is no key of version 1."""
    parts = key.split("/")
    if parts[0] != "v1" or not all(ELEMENT.fullmatch(part) for part in parts):
        return None
    try:
        return [unquote(part, errors="strict") for part in parts[1:]]
    except UnicodeDecodeError:
        return None


def word(ce_type):
    """`export` of `io.meshbridge.export.v1`; None if this program does not know the type."""
    match = re.fullmatch(r"io\.meshbridge\.([a-z]+)\.v1", ce_type)
    return match.group(1) if match and match.group(1) in KNOWN_TYPES else None


class Topic:
    """The fold of one topic: for each service what was last said of it."""

    def __init__(self, name, kind, mesh, policy_words):
        self.name, self.kind, self.mesh = name, kind, mesh
        self.policy_words = policy_words
        self.begin_again()

    def begin_again(self):
        self.exports, self.chunks, self.reasons, self.imports = {}, {}, {}, {}
        self.unread, self.members = {}, {}
        self.heartbeat = None
        self.caught_up = False

    def take(self, key, ce_type, value):
        """Folds one record. What cannot be understood changes nothing."""
        parts = elements(key)
        if parts is None:
            return
        shape = (parts[0], len(parts))
        if self.kind == "mesh" and shape == ("heartbeat", 1):
            self.heartbeat = self.read("heartbeat", ce_type, value) or self.heartbeat
        elif self.kind == "mesh" and shape == ("export", 3):
            self.take_export(tuple(parts[1:]), ce_type, value)
        elif self.kind == "mesh" and shape == ("endpoints", 4) and parts[3].isdecimal():
            self.take_part(self.chunks, "endpoints", tuple(parts[1:]), ce_type, value)
        elif self.kind == "mesh" and shape in (("fault", 3), ("hold", 3)):
            self.take_part(self.reasons, parts[0], (*parts[1:], parts[0]), ce_type, value)
        elif self.kind == "status" and shape == ("import", 4):
            self.take_part(self.imports, "status", tuple(parts[1:]), ce_type, value)
        elif self.kind == "members" and shape == ("member", 2):
            self.take_member(parts[1], ce_type, value)
        # Any other key is of a newer version, or of no interest here: passed over.

    def take_export(self, service, ce_type, value):
        if value is None:
            # Only this withdraws a service: no silence does, and no topic that is empty.
            self.exports.pop(service, None)
            self.unread.pop(service, None)
            return
        export = self.read("export", ce_type, value)
        if export is None or not self.speaks_of(export, service):
            self.unread[service] = "the newest export is not understood"
        elif unknown := self.unknown_policy(export):
            # Policy must be understood: what stood before stands, and is stale.
            self.unread[service] = f"the newest export has a policy that is not known: {unknown}"
        else:
            self.exports[service] = export
            self.unread.pop(service, None)

    def take_member(self, mesh, ce_type, value):
        if value is None:
            self.members.pop(mesh, None)
            return
        member = self.read("member", ce_type, value)
        # What a member may do must be understood as well.
        if (
            member is not None
            and member.get("id") == mesh
            and member.get("state") in MEMBER_STATES
            and set(member.get("limits", {})) <= MEMBER_LIMITS
        ):
            self.members[mesh] = member["state"]

    def take_part(self, parts, wanted, place, ce_type, value):
        if value is None:
            parts.pop(place, None)
            return
        content = self.read(wanted, ce_type, value)
        if content is None:
            return
        if self.kind == "mesh" and not self.speaks_of(content, place[:2]):
            return
        parts[place] = content

    @staticmethod
    def read(wanted, ce_type, value):
        """The value of a record of the wanted type; None if it is another, or no JSON object."""
        if value is None or word(ce_type) != wanted:
            return None
        try:
            content = json.loads(value)
        except ValueError:
            return None
        return content if isinstance(content, dict) else None

    def speaks_of(self, content, service):
        """A mesh speaks only for itself, and a value says what its key says."""
        said = (content.get("mesh"), content.get("namespace"), content.get("name"))
        return said == (self.mesh, *service)

    def unknown_policy(self, export):
        for part in POLICY:
            unknown = self.policy_words.unknown(part, export.get(part))
            if unknown:
                return unknown
        return None

    def services(self):
        """The inventory's lines of one mesh. Exports whose policy is unknown are shown as stale."""
        for (namespace, name), export in sorted(self.exports.items()):
            endpoints = [
                endpoint
                for (of, named, _), chunk in self.chunks.items()
                if (of, named) == (namespace, name)
                for endpoint in chunk.get("endpoints", [])
            ]
            yield {
                "service": f"{self.mesh}/{namespace}/{name}",
                "ports": [
                    f"{port['name']}:{port['number']}/{port['protocol']}"
                    for port in export.get("ports", [])
                ],
                "takingTraffic": sum(e.get("health") in TAKES_TRAFFIC for e in endpoints),
                "endpoints": len(endpoints),
                "stale": self.stale(namespace, name),
            }

    def stale(self, namespace, name):
        for kind in ("fault", "hold"):
            if (namespace, name, kind) in self.reasons:
                return self.reasons[(namespace, name, kind)].get("reason", kind)
        return self.unread.get((namespace, name), "")

    def silence(self, now, limit):
        """Why what the topic says may be old; empty if a bridge speaks and reads its mesh."""
        if self.heartbeat is None:
            return "no heartbeat yet"
        at = datetime.fromisoformat(self.heartbeat["at"].replace("Z", "+00:00")[:19] + "+00:00")
        if (now - at).total_seconds() > limit:
            return "no heartbeat lately"
        source = self.heartbeat.get("source")
        return "" if source == "live" else f"the mesh is not read: {source}"


class PolicyWords:
    """Tells which fields and words of a policy are known: those of the published schema."""

    def __init__(self, schema):
        self.root = schema

    def unknown(self, part, value):
        """The first path inside a part of an export that the schema does not know; None if none."""
        if value is None:
            return None
        return self.search(self.root["properties"][part], value, part)

    def search(self, schema, value, path):
        while "$ref" in schema:
            schema = self.root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        if value not in schema.get("enum", [value]) or value != schema.get("const", value):
            return f"{path}={value}"
        variants = [self.search(variant, value, path) for variant in schema.get("oneOf", [])]
        if variants and all(variants):
            return variants[0]
        if isinstance(value, list):
            found = (
                self.search(schema.get("items", {}), each, f"{path}[{i}]")
                for i, each in enumerate(value)
            )
        elif isinstance(value, dict):
            found = (self.field(schema, name, each, f"{path}.{name}") for name, each in value.items())
        else:
            return None
        return next((path for path in found if path), None)

    def field(self, schema, name, value, path):
        if name in schema.get("properties", {}):
            return self.search(schema["properties"][name], value, path)
        other = schema.get("additionalProperties", True)
        if other is False:
            return path
        return self.search(other, value, path) if isinstance(other, dict) else None


class Inventory:
    """Follows all topics of a federation that tell of services and imports."""

    def __init__(self, consumer, federation, policy_words, silence):
        self.consumer, self.policy_words, self.silence = consumer, policy_words, silence
        self.pattern = re.compile(
            rf"meshbridge\.{re.escape(federation)}\.(?:(members)|(mesh|status)\.([a-z0-9-]+))"
        )
        self.topics = {}

    def find_topics(self):
        """Assigns what is new, from its beginning; what is read already goes on where it is."""
        for name in self.consumer.list_topics(timeout=10).topics:
            match = self.pattern.fullmatch(name)
            if match and name not in self.topics:
                members, kind, mesh = match.groups()
                self.topics[name] = Topic(name, members or kind, mesh, self.policy_words)
                self.consumer.incremental_assign([TopicPartition(name, 0, OFFSET_BEGINNING)])

    def follow(self, once):
        shown, asked, polled = None, 0.0, time.monotonic()
        while True:
            if time.monotonic() - asked > NEW_TOPICS_SECONDS:
                self.find_topics()
                asked = time.monotonic()
            if time.monotonic() - polled > LONGEST_ABSENCE_SECONDS:
                self.begin_again()
            message = self.consumer.poll(0.2)
            polled = time.monotonic()
            if message is not None:
                self.take(message)
            if not self.topics or not all(t.caught_up for t in self.topics.values()):
                continue  # what was folded so far is incomplete
            if message is None or message.error():
                view = self.view()
                if view != shown:
                    print(json.dumps(view, sort_keys=True), flush=True)
                    shown = view
                if once:
                    return

    def take(self, message):
        topic = self.topics[message.topic()]
        error = message.error()
        if error is None:
            headers = dict(message.headers() or [])
            ce_type = (headers.get("ce_type") or b"").decode("utf-8", "replace")
            topic.take((message.key() or b"").decode("utf-8", "replace"), ce_type, message.value())
        elif error.code() == KafkaError._PARTITION_EOF:
            # Comes when the position is at the end, also behind offsets that hold no record.
            topic.caught_up = True
        elif error.code() in (KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE):
            self.begin_again()
        elif error.code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
            raise KafkaException(error)

    def begin_again(self):
        """What is folded may lack a withdrawal: everything is read anew before it is shown."""
        for topic in self.topics.values():
            topic.begin_again()
        self.consumer.assign([TopicPartition(name, 0, OFFSET_BEGINNING) for name in self.topics])

    def view(self):
        now = datetime.now(timezone.utc)
        folds = [self.topics[name] for name in sorted(self.topics)]
        active = {
            mesh for fold in folds for mesh, state in fold.members.items() if state == "active"
        }
        topics = [fold for fold in folds if fold.mesh in active]
        return {
            "services": [line for t in topics if t.kind == "mesh" for line in t.services()],
            "imports": [
                {
                    "service": "/".join(place),
                    "target": t.mesh,
                    "name": status.get("name", ""),
                    "state": status.get("state", ""),
                }
                for t in topics
                if t.kind == "status"
                for place, status in sorted(t.imports.items())
            ],
            "silent": {
                t.mesh: why
                for t in topics
                if t.kind == "mesh" and (why := t.silence(now, self.silence))
            },
        }


def properties(path):
    """The lines `name=value` of a file: librdkafka's properties, for TLS and SASL."""
    with open(path, encoding="utf-8") as file:
        lines = (line.strip() for line in file)
        return dict(
            map(str.strip, line.split("=", 1)) for line in lines if line and not line.startswith("#")
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap-servers", default="localhost:9092")
    parser.add_argument("--federation", required=True)
    parser.add_argument("--schema", required=True, help="export.schema.json, as it is published")
    parser.add_argument("--properties", help="a file with further properties of the client")
    parser.add_argument("--silence", type=float, default=15, help="seconds without a heartbeat")
    parser.add_argument("--once", action="store_true", help="print when caught up, and end")
    options = parser.parse_args()
    with open(options.schema, encoding="utf-8") as file:
        policy_words = PolicyWords(json.load(file))
    consumer = Consumer(
        {
            **(properties(options.properties) if options.properties else {}),
            "bootstrap.servers": options.bootstrap_servers,
            # The client demands a name; no group is joined, and nothing is committed.
            "group.id": "meshbridge-reader.live-inventory",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
        }
    )
    try:
        Inventory(consumer, options.federation, policy_words, options.silence).follow(options.once)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    sys.exit(main())
