{{- define "proxy.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "proxy.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "proxy.labels" -}}
{{ include "proxy.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "proxy.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "proxy.name" .) .Values.serviceAccount.name }}
{{- else }}{{ default "default" .Values.serviceAccount.name }}{{ end }}
{{- end }}

{{- define "proxy.port" -}}
{{ ternary 8443 8080 (not (empty .Values.tls.existingSecret)) }}
{{- end }}

{{/* HOCON takes JSON. What the chart decides itself is laid over what was given. */}}
{{- define "proxy.configuration" -}}
{{- if and (empty .Values.tls.existingSecret) (not .Values.allowRemotePlaintext) }}
{{- fail "tls.existingSecret: empty (expected: a secret with tls.crt and tls.key, or allowRemotePlaintext: true)" }}
{{- end }}
{{- if lt (int .Values.drain.seconds) (int .Values.drain.graceSeconds) }}
{{- fail (printf "drain.seconds: %d (expected: at least drain.graceSeconds, %d)" (int .Values.drain.seconds) (int .Values.drain.graceSeconds)) }}
{{- end }}
{{- $listener := dict "host" "0.0.0.0" "port" (include "proxy.port" . | int) }}
{{- if .Values.tls.existingSecret }}
{{- $_ := set $listener "tls" (dict "certificate" "/run/tls/tls.crt" "private-key" "/run/tls/tls.key") }}
{{- else }}
{{- $_ := set $listener "allow-remote-plaintext" true }}
{{- end }}
{{- $drain := dict "drain-grace" (printf "%ds" (int .Values.drain.graceSeconds)) "drain" (printf "%ds" (int .Values.drain.seconds)) }}
{{- $own := dict "listener" $listener "admin" (dict "host" "0.0.0.0" "port" 8081) "timeouts" $drain }}
{{- dict "bedrock-proxy" (mergeOverwrite (deepCopy .Values.configuration) $own) | toPrettyJson }}
{{- end }}
