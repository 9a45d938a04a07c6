{{- define "virga.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "virga.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "virga.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "virga.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* What is the same for all pods of the release, and never changes. */}}
{{- define "virga.selector" -}}
app.kubernetes.io/name: {{ include "virga.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "virga.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "virga.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* Of an image as in the values, and the tag it has otherwise. */}}
{{- define "virga.image" -}}
{{- $image := index . 0 }}
{{- if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository ($image.tag | default (index . 1)) }}
{{- end }}
{{- end }}

{{- define "virga.pullSecrets" -}}
{{- with .pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* The four ways to say where pods may run. */}}
{{- define "virga.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end }}

{{- define "virga.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "virga.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "virga.natsName" -}}
{{- include "virga.fullname" . }}-nats
{{- end }}

{{- define "virga.natsHost" -}}
{{- printf "%s.%s.svc" (include "virga.natsName" .) .Release.Namespace }}
{{- end }}

{{- define "virga.natsUrl" -}}
{{- if .Values.nats.bundled }}
{{- printf "%s://%s:4222" (ternary "tls" "nats" .Values.nats.tls.enabled) (include "virga.natsHost" .) }}
{{- else }}
{{- required "nats.url must name your NATS server, as nats.bundled is false" .Values.nats.url }}
{{- end }}
{{- end }}

{{- /* What a client of NATS mounts, of a list: all values, and operator or host. (288 is 0440, which YAML 1.1 and 1.2 read
       differently.) */}}
{{- define "virga.natsVolumes" -}}
{{- $nats := (index . 0).Values.nats }}
{{- if $nats.auth.enabled }}
- name: nats-key
  secret:
    secretName: {{ $nats.auth.secretName | quote }}
    defaultMode: 288
    items:
      - {key: {{ index . 1 }}.nk, path: key.nk}
{{- end }}
{{- if $nats.tls.enabled }}
- name: nats-ca
  secret:
    secretName: {{ $nats.tls.secretName | quote }}
    defaultMode: 288
    items:
      - {key: ca.crt, path: ca.crt}
{{- end }}
{{- end }}

{{- define "virga.natsMounts" -}}
{{- if .Values.nats.auth.enabled }}
- {name: nats-key, mountPath: /etc/virga/nats-key, readOnly: true}
{{- end }}
{{- if .Values.nats.tls.enabled }}
- {name: nats-ca, mountPath: /etc/virga/nats-ca, readOnly: true}
{{- end }}
{{- end }}

{{- /* Settings of the connection, each behind the flag that is given. */}}
{{- define "virga.natsSettings" -}}
{{- $nats := (index . 0).Values.nats }}
{{- $flag := index . 1 }}
{{- if $nats.auth.enabled }}
- {{ $flag }}=nkey=/etc/virga/nats-key/key.nk
{{- end }}
{{- if $nats.tls.enabled }}
- {{ $flag }}=tlsCa=/etc/virga/nats-ca/ca.crt
{{- end }}
{{- end }}

{{- define "virga.operatorAccount" -}}
{{- with .Values.operator.serviceAccount }}
{{- .name | default (ternary (printf "%s-operator" (include "virga.fullname" $)) "default" .create) }}
{{- end }}
{{- end }}

{{- define "virga.hostAccount" -}}
{{- with .Values.hostServiceAccount }}
{{- .name | default (ternary (printf "%s-host" (include "virga.fullname" $)) "default" .create) }}
{{- end }}
{{- end }}

{{- /* A group with all that it leaves out, as JSON: of a list, all values and the group. */}}
{{- define "virga.hostGroup" -}}
{{- $root := index . 0 }}
{{- $group := mergeOverwrite (deepCopy $root.Values.hostDefaults) (index . 1) }}
{{- $_ := set $group "namespace" ($group.namespace | default $root.Release.Namespace) }}
{{- $_ := set $group "fullname" (printf "%s-host-%s" (include "virga.fullname" $root) $group.name) }}
{{- toJson $group }}
{{- end }}

{{- /* The namespaces of host groups, each once, as JSON. */}}
{{- define "virga.hostNamespaces" -}}
{{- $namespaces := list }}
{{- range .Values.hostGroups }}
{{- $group := include "virga.hostGroup" (list $ .) | fromJson }}
{{- $namespaces = append $namespaces $group.namespace }}
{{- end }}
{{- toJson (dict "namespaces" (uniq $namespaces)) }}
{{- end }}

{{- define "virga.hostSelector" -}}
{{ include "virga.selector" (index . 0) }}
app.kubernetes.io/component: host
wasmcloud.com/hostgroup: {{ (index . 1).name | quote }}
{{- end }}

{{- /* NATS, for an egress rule. */}}
{{- define "virga.natsEgress" -}}
{{- if .Values.nats.bundled }}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ .Release.Namespace | quote }}
      podSelector:
        matchLabels:
          {{- include "virga.selector" . | nindent 10 }}
          app.kubernetes.io/component: nats
  ports:
    - {port: 4222, protocol: TCP}
{{- else }}
- ports:
    {{- range splitList "," .Values.nats.url }}
    - {port: {{ (splitList ":" (urlParse (trim .)).host) | rest | first | default "4222" }}, protocol: TCP}
    {{- end }}
{{- end }}
{{- end }}

{{- define "virga.dnsEgress" -}}
- ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end }}
