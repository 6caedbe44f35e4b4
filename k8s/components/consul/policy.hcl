# What the token of a bridge may do in its datacenter; adapters/consul/README.md says why.
#
#   consul acl policy create -name meshbridge -rules @k8s/components/consul/policy.hcl
#   consul acl token create -policy-name meshbridge

# Read: all, or a missing service could not be told from a hidden one. Write: imports; narrow it to
# their names, such as `service_prefix "storefront-"`, beside one with `read` for all.
service_prefix "" {
  policy = "write"
}
node_prefix "" {
  policy = "read"
}
# The nodes on which imports stand, one for each mesh that they come from.
node_prefix "meshbridge-" {
  policy = "write"
}
# The agent's version, which decides what can be said to it.
agent_prefix "" {
  policy = "read"
}
