{{- define "meshbridge.name" -}}
meshbridge-{{ .Release.Name }}
{{- end }}

{{- define "meshbridge.selector" -}}
app.kubernetes.io/name: meshbridge
app.kubernetes.io/instance: {{ include "meshbridge.name" . }}
{{- end }}

{{- define "meshbridge.labels" -}}
{{ include "meshbridge.selector" . }}
app.kubernetes.io/part-of: meshbridge
{{- end }}

{{/* Whether a live mesh of a kind is served; takes the root and the kind. Empty if not. */}}
{{- define "meshbridge.serves" -}}
{{- $kind := .kind }}
{{- range $id, $mesh := .root.Values.meshes }}
{{- if and (eq $mesh.kind $kind) (ne (default "live" $mesh.backend) "files") }}yes{{ end }}
{{- end }}
{{- end }}

{{/*
The objects of a file that the kustomize components use too, so that rights are written down once;
takes the root, the file, and what its namespaces are called here.
*/}}
{{- define "meshbridge.shared" -}}
{{- $root := .root }}
{{- $namespaces := .namespaces }}
{{- range splitList "\n---\n" (required (printf "%s is missing in this copy of the chart; make one with 'helm package'" .file) ($root.Files.Get .file)) }}
{{- $object := fromYaml . }}
{{- $meta := $object.metadata }}
{{- $_ := set $meta "name" (printf "%s-%s" $meta.name $root.Release.Name) }}
{{- $_ := set $meta "labels" (include "meshbridge.labels" $root | fromYaml) }}
{{- if $meta.namespace }}
{{- $_ := set $meta "namespace" (get $namespaces $meta.namespace) }}
{{- end }}
{{- if $object.roleRef }}
{{- $_ := set $object.roleRef "name" (printf "%s-%s" $object.roleRef.name $root.Release.Name) }}
{{- $_ := set $object "subjects" (list (dict "kind" "ServiceAccount" "name" (include "meshbridge.name" $root) "namespace" $root.Release.Namespace)) }}
{{- end }}
---
{{ toYaml $object }}
{{- end }}
{{- end }}
