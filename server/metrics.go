package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"nutgraph/db"
	"nutgraph/graph"
)

// metrics are what Prometheus reads at /metrics.
type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	cost       prometheus.Histogram
	cache      *prometheus.CounterVec
	statements prometheus.Histogram

	mu    sync.Mutex
	names map[string]bool // the operations that have a name of their own
}

// maxOperations bounds the operations that are counted apart: clients choose
// their names. The rest is counted together.
const (
	maxOperations   = 200
	otherOperations = "(other)"
)

func newMetrics() *metrics {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), collectors.NewBuildInfoCollector())
	factory := promauto.With(registry)
	return &metrics{
		registry: registry,
		names:    map[string]bool{},
		requests: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "nutgraph_requests_total", Help: "GraphQL requests by operation and outcome: ok, errors in the answer, refused, failed.",
		}, []string{"operation", "outcome"}),
		seconds: factory.NewHistogramVec(prometheus.HistogramOpts{
			Name: "nutgraph_request_seconds", Help: "Time from a request to its answer.", Buckets: prometheus.ExponentialBuckets(0.0001, 3, 11),
		}, []string{"operation"}),
		cost: factory.NewHistogram(prometheus.HistogramOpts{
			Name: "nutgraph_operation_cost", Help: "What operations cost.", Buckets: prometheus.ExponentialBuckets(1, 4, 9),
		}),
		cache: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "nutgraph_cache_requests_total", Help: "Requests that asked the response cache, by what it said: hit or miss.",
		}, []string{"outcome"}),
		statements: factory.NewHistogram(prometheus.HistogramOpts{
			Name: "nutgraph_statement_seconds", Help: "Time of SQL statements.", Buckets: prometheus.ExponentialBuckets(0.00001, 4, 10),
		}),
	}
}

// watch adds what is looked up when it is asked for: jobs and the size of the
// database.
func (m *metrics) watch(store *db.DB, file string, log *slog.Logger) {
	m.registry.MustRegister(&archiveCollector{store: store, file: file, log: log})
}

// handler serves them.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// measured counts requests when they have been answered.
func (m *metrics) measured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r)
		request := graph.RequestOf(r.Context())
		name := m.name(request.Operation)
		m.requests.WithLabelValues(name, outcome(recorder.status, request.Errors)).Inc()
		if recorder.status == http.StatusSwitchingProtocols {
			return // how long a stream lasts says nothing
		}
		m.seconds.WithLabelValues(name).Observe(time.Since(start).Seconds())
		if request.Cost > 0 {
			m.cost.Observe(float64(request.Cost))
		}
		if request.Cache != "" {
			m.cache.WithLabelValues(request.Cache).Inc()
		}
	})
}

// name is the operation under which a request is counted.
func (m *metrics) name(operation string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.names[operation] {
		return operation
	}
	if len(m.names) >= maxOperations {
		return otherOperations
	}
	m.names[operation] = true
	return operation
}

func outcome(status, errors int) string {
	switch {
	case status >= 500:
		return "failed"
	case status >= 400:
		return "refused"
	case errors > 0:
		return "errors"
	}
	return "ok"
}

// statement is the observer of SQL statements.
func (m *metrics) statement(_ context.Context, _ string, start time.Time) {
	m.statements.Observe(time.Since(start).Seconds())
}

// archiveCollector reads from the archive when Prometheus asks.
type archiveCollector struct {
	store *db.DB
	file  string
	log   *slog.Logger
}

var (
	jobsMetric = prometheus.NewDesc("nutgraph_jobs", "Background jobs by state. Those that were given up are discarded.", []string{"state"}, nil)
	sizeMetric = prometheus.NewDesc("nutgraph_database_bytes", "Size of the files of the archive.", nil, nil)
)

// Describe implements prometheus.Collector.
func (a *archiveCollector) Describe(to chan<- *prometheus.Desc) {
	to <- jobsMetric
	to <- sizeMetric
}

// Collect implements prometheus.Collector.
func (a *archiveCollector) Collect(to chan<- prometheus.Metric) {
	const patience = 2 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	jobs, err := a.store.CountJobs(ctx)
	if err != nil {
		a.log.ErrorContext(ctx, "jobs could not be counted", slog.Any("error", err))
	}
	for state, n := range jobs {
		to <- prometheus.MustNewConstMetric(jobsMetric, prometheus.GaugeValue, float64(n), state)
	}
	size := int64(0)
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(a.file + suffix); err == nil {
			size += info.Size()
		}
	}
	to <- prometheus.MustNewConstMetric(sizeMetric, prometheus.GaugeValue, float64(size))
}
