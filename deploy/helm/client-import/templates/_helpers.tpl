{{- define "client-import.name" -}}
{{- printf "%s-%s" .root.Release.Name .part | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "client-import.selector" -}}
app.kubernetes.io/name: client-import
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "client-import.labels" -}}
{{ include "client-import.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "client-import.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end }}

{{- define "client-import.podSecurity" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "client-import.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{/* What all programs are told: the settings, secrets as files, certificates. */}}
{{- define "client-import.settings" -}}
{{- range $name, $value := .Values.settings }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- range .Values.secrets.keys }}
- { name: {{ . }}_FILE, value: /run/secrets/client-import/{{ . }} }
{{- end }}
{{- if .Values.temporalTls.secretName }}
- { name: TEMPORAL_TLS_CLIENT_CERT_PATH, value: /run/secrets/temporal/tls.crt }
- { name: TEMPORAL_TLS_CLIENT_KEY_PATH, value: /run/secrets/temporal/tls.key }
- { name: TEMPORAL_TLS_SERVER_CA_CERT_PATH, value: /run/secrets/temporal/ca.crt }
{{- end }}
{{- end }}

{{- define "client-import.mounts" -}}
- { name: secrets, mountPath: /run/secrets/client-import, readOnly: true }
- { name: tmp, mountPath: /tmp }
{{- if .Values.temporalTls.secretName }}
- { name: temporal-tls, mountPath: /run/secrets/temporal, readOnly: true }
{{- end }}
{{- end }}

{{- define "client-import.volumes" -}}
- name: secrets
  secret: { secretName: {{ .Values.secrets.name }}, defaultMode: 0440 }
- { name: tmp, emptyDir: {} }
{{- if .Values.temporalTls.secretName }}
- name: temporal-tls
  secret: { secretName: {{ .Values.temporalTls.secretName }}, defaultMode: 0440 }
{{- end }}
{{- end }}

{{/* The pod of one program. Takes root, part, values, command, env, and the probes as text. */}}
{{- define "client-import.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "client-import.name" . }}
  labels:
    {{- include "client-import.labels" . | nindent 4 }}
spec:
  {{- if not (or .values.autoscaling.enabled .scaled) }}
  replicas: {{ .values.replicas }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "client-import.selector" . | nindent 6 }}
  strategy:
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  template:
    metadata:
      labels:
        {{- include "client-import.labels" . | nindent 8 }}
    spec:
      serviceAccountName: {{ .root.Release.Name }}
      automountServiceAccountToken: false
      # A worker has 15 s to record what it did; the API lets open requests end.
      terminationGracePeriodSeconds: 20
      {{- include "client-import.podSecurity" .root | nindent 6 }}
      {{- with .root.Values.imagePullSecrets }}
      imagePullSecrets: {{ toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .part }}
          image: {{ include "client-import.image" .root }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          command: {{ toJson .command }}
          {{- include "client-import.containerSecurity" .root | nindent 10 }}
          env:
            {{- include "client-import.settings" .root | nindent 12 }}
            - { name: METRICS_HOST, value: 0.0.0.0 }
            - { name: METRICS_PORT, value: {{ .root.Values.metrics.port | quote }} }
            {{- range $name, $value := .env }}
            - { name: {{ $name }}, value: {{ $value | quote }} }
            {{- end }}
          ports:
            {{- .ports | nindent 12 }}
            - { name: metrics, containerPort: {{ .root.Values.metrics.port }} }
          {{- .probes | nindent 10 }}
          {{- with .lifecycle }}
          {{- . | nindent 10 }}
          {{- end }}
          resources: {{ toYaml .values.resources | nindent 12 }}
          volumeMounts:
            {{- include "client-import.mounts" .root | nindent 12 }}
      volumes:
        {{- include "client-import.volumes" .root | nindent 8 }}
      {{- with .root.Values.nodeSelector }}
      nodeSelector: {{ toYaml . | nindent 8 }}
      {{- end }}
      {{- with .root.Values.tolerations }}
      tolerations: {{ toYaml . | nindent 8 }}
      {{- end }}
      {{- with .root.Values.affinity }}
      affinity: {{ toYaml . | nindent 8 }}
      {{- else }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "client-import.selector" . | nindent 14 }}
      {{- end }}
{{- end }}

{{/* What stands beside each program: its disruption budget, and its scaling by CPU. */}}
{{- define "client-import.beside" -}}
{{- if .root.Values.podDisruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "client-import.name" . }}
  labels:
    {{- include "client-import.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .root.Values.podDisruptionBudget.maxUnavailable }}
  selector:
    matchLabels:
      {{- include "client-import.selector" . | nindent 6 }}
{{- end }}
{{- if and .values.autoscaling.enabled (not .scaled) }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "client-import.name" . }}
  labels:
    {{- include "client-import.labels" . | nindent 4 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ include "client-import.name" . }} }
  minReplicas: {{ .values.autoscaling.minReplicas }}
  maxReplicas: {{ .values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ .values.autoscaling.cpuUtilization }} }
{{- end }}
{{- end }}

{{/* Of a worker: it is ready once it polls each of its task queues. It lives while it serves its metrics. */}}
{{- define "client-import.workerProbes" -}}
startupProbe:
  tcpSocket: { port: metrics }
  periodSeconds: 2
  failureThreshold: 30
livenessProbe:
  httpGet: { path: /metrics, port: metrics }
  periodSeconds: 20
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  exec: { command: [node, deploy/worker-health.cjs] }
  periodSeconds: 30
  timeoutSeconds: 15
{{- end }}
