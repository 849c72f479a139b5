#include "measurements.hpp"

#include <cmath>
#include <memory>
#include <utility>

#include <zeroskew/detail/format.hpp>
#include "batching.hpp"
#include "service.hpp"

namespace server {
namespace {

using Kind = Metric::Kind;
using zeroskew::MonitoredFeature;
using zeroskew::RecordedCounts;
using zeroskew::RecordedFeature;

// Points are added to the last metric.
class Collected {
 public:
  void metric(const char* name, Metric::Kind kind, const char* what) {
    metrics_.push_back({name, kind, what, {}, {}});
  }
  void value(Labels labels, double x) { metrics_.back().points.push_back({std::move(labels), x}); }
  void value(Labels labels, std::uint64_t x) {
    metrics_.back().points.push_back({std::move(labels), x});
  }
  void histogram(Histogram histogram) {
    metrics_.back().histograms.push_back(std::move(histogram));
  }
  [[nodiscard]] std::vector<Metric> take() { return std::move(metrics_); }

 private:
  std::vector<Metric> metrics_;
};

Labels with(Labels labels, const char* name, std::string_view value) {
  labels.emplace_back(name, std::string(value));
  return labels;
}

using Workers = std::vector<std::unique_ptr<Counters>>;

template <class F>
std::uint64_t sum(const Workers& workers, F&& f) {
  std::uint64_t total = 0;
  for (const auto& counters : workers) total += f(*counters).value();
  return total;
}

void requests(Collected& out, const Workers& workers) {
  out.metric("zeroskew_requests_total", Kind::counter, "Requests that were answered.");
  for (std::size_t r = 0; r < route_names.size(); ++r) {
    for (std::size_t s = 0; s < 5; ++s) {
      const auto n =
          sum(workers, [&](const Counters& c) -> const Counter& { return c.routes[r].status[s]; });
      if (n == 0) continue;
      const std::string status = std::to_string(s + 1) + "xx";
      out.value({{"route", std::string(route_names[r])}, {"status", status}}, n);
    }
  }
  out.metric("zeroskew_request_seconds", Kind::histogram,
             "From a request's first byte to the last of its answer.");
  for (std::size_t r = 0; r < route_names.size(); ++r) {
    Histogram latency;
    latency.labels = {{"route", std::string(route_names[r])}};
    for (const std::uint64_t bound : latency_bounds) {
      latency.bounds.push_back(static_cast<double>(bound) / 1e9);
    }
    for (std::size_t b = 0; b <= latency_bounds.size(); ++b) {
      latency.counts.push_back(sum(
          workers, [&](const Counters& c) -> const Counter& { return c.routes[r].latency[b]; }));
    }
    const auto spent =
        sum(workers, [&](const Counters& c) -> const Counter& { return c.routes[r].nanoseconds; });
    latency.sum = static_cast<double>(spent) / 1e9;
    out.histogram(std::move(latency));
  }
}

void totals(Collected& out, const Workers& workers) {
  const auto counter = [&](const char* name, const char* what, Counter Counters::* which) {
    out.metric(name, Kind::counter, what);
    out.value({}, sum(workers, [&](const Counters& c) -> const Counter& { return c.*which; }));
  };
  counter("zeroskew_rows_total", "Rows in requests.", &Counters::rows);
  counter("zeroskew_rows_failed_total", "Rows that could not be read or transformed.",
          &Counters::failed_rows);
  counter("zeroskew_rows_cached_total", "Rows whose answer was known already.", &Counters::cached);
  counter("zeroskew_fallbacks_total", "Requests that met an open breaker.", &Counters::fallbacks);
  counter("zeroskew_cells_unknown_total", "Cells of columns that the policy does not know.",
          &Counters::unknown_columns);
}

struct Watched {
  Labels labels;
  std::shared_ptr<Model> model;  // a reload may let go of it meanwhile
};

std::vector<Watched> models(const Service& service) {
  std::vector<Watched> all;
  for (const auto& [name, tenant] : service.tenants()) {
    const auto now = tenant->deployment();
    const auto add = [&](const char* role, const std::shared_ptr<Model>& model) {
      if (model) all.push_back({{{"tenant", name}, {"role", role}}, model});
    };
    add("stable", now->stable);
    add("canary", now->canary);
    add("shadow", now->shadow);
  }
  return all;
}

// The bin that holds the quantile, as [lo, hi]: between the two is the truth.
std::pair<double, double> quantile(const RecordedFeature& feature, const RecordedCounts& counts,
                                   double q) {
  std::uint64_t all = counts.negative_infinity + counts.positive_infinity;
  for (const std::uint64_t bin : counts.bins) all += bin;
  const double rank = q * static_cast<double>(all);
  std::uint64_t below = counts.negative_infinity;
  for (std::size_t b = 0; b < counts.bins.size(); ++b) {
    below += counts.bins[b];
    if (all == 0 || static_cast<double>(below) < rank || counts.bins[b] == 0) continue;
    return {b == 0 ? -INFINITY : feature.edges[b - 1],
            b == feature.edges.size() ? INFINITY : feature.edges[b]};
  }
  return {NAN, NAN};
}

void policies(Collected& out, const std::vector<Watched>& all) {
  out.metric("zeroskew_policy_info", Kind::gauge, "Always 1; the digest says which policy serves.");
  for (const Watched& one : all) {
    out.value(with(one.labels, "digest", one.model->digest()), std::uint64_t{1});
  }
  out.metric("zeroskew_breaker_open", Kind::gauge, "1: rows get the fallback.");
  for (const Watched& one : all) {
    const bool closed = one.model->breaker.state() == zeroskew::Breaker::State::closed;
    out.value(one.labels, std::uint64_t{closed ? 0U : 1U});
  }
  out.metric("zeroskew_breaker_opened_total", Kind::counter, "How often the breaker opened.");
  for (const Watched& one : all) out.value(one.labels, one.model->breaker.opened());
}

template <class F>
void features(Collected& out, const std::vector<Watched>& all, const char* name, const char* what,
              F&& value_of) {
  out.metric(name, Kind::gauge, what);
  for (const Watched& one : all) {
    const auto found = one.model->findings();
    if (!found) continue;
    for (const MonitoredFeature& feature : found->report.features) {
      const double value = value_of(feature);
      if (std::isnan(value)) continue;  // the mean of texts
      out.value(with(one.labels, "feature", feature.name), value);
    }
  }
}

void monitors(Collected& out, const std::vector<Watched>& all) {
  out.metric("zeroskew_monitor_rows", Kind::gauge, "Rows that the monitor compared.");
  for (const Watched& one : all) {
    if (const auto found = one.model->findings()) out.value(one.labels, found->report.rows);
  }
  out.metric("zeroskew_monitor_evalue", Kind::gauge, "Evidence that any feature drifted.");
  for (const Watched& one : all) {
    if (const auto found = one.model->findings()) out.value(one.labels, found->report.evalue);
  }
  features(out, all, "zeroskew_feature_drifted", "1: certain, and large enough to matter.",
           [](const MonitoredFeature& f) { return f.drifted ? 1.0 : 0.0; });
  features(out, all, "zeroskew_feature_evalue", "Evidence against the baseline; anytime-valid.",
           [](const MonitoredFeature& f) { return f.evalue; });
  features(out, all, "zeroskew_feature_missing_share", "Share of missing and NaN values.",
           [](const MonitoredFeature& f) { return f.missing_share; });
  features(out, all, "zeroskew_feature_new_share", "Share of values that the baseline lacks.",
           [](const MonitoredFeature& f) { return f.new_share; });
  features(out, all, "zeroskew_feature_mean", "Mean of the finite numbers.",
           [](const MonitoredFeature& f) { return f.mean; });
  out.metric("zeroskew_feature_distance", Kind::gauge, "Distance from the baseline, by measure.");
  for (const Watched& one : all) {
    const auto found = one.model->findings();
    if (!found) continue;
    for (const MonitoredFeature& feature : found->report.features) {
      for (const zeroskew::MeasureResult& result : feature.measures) {
        out.value(with(with(one.labels, "feature", feature.name), "measure", result.name),
                  result.statistic);
      }
    }
  }
}

void schemas(Collected& out, const std::vector<Watched>& all) {
  out.metric("zeroskew_schema_anomalies", Kind::gauge,
             "What the policy's schema has against the rows that were served.");
  for (const Watched& one : all) {
    if (const auto found = one.model->findings()) {
      out.value(one.labels, std::uint64_t{found->anomalies.size()});
    }
  }
  out.metric("zeroskew_feature_anomalous", Kind::gauge, "Always 1, for each of them.");
  for (const Watched& one : all) {
    const auto found = one.model->findings();
    if (!found) continue;
    for (const SchemaAnomaly& anomaly : found->anomalies) {
      out.value(with(with(one.labels, "feature", anomaly.feature), "type", anomaly.type),
                std::uint64_t{1});
    }
  }
}

void quantiles(Collected& out, const std::vector<Watched>& all) {
  out.metric("zeroskew_feature_quantile", Kind::gauge,
             "Bounds of a quantile: the truth lies between lo and hi.");
  for (const Watched& one : all) {
    const zeroskew::MonitorSnapshot now = one.model->monitor.snapshot();
    for (std::size_t f = 0; f < now.features.size(); ++f) {
      if (now.features[f].edges.empty()) continue;
      for (const double q : {0.05, 0.5, 0.95}) {
        const auto [lo, hi] = quantile(now.features[f], now.counts[f], q);
        const Labels labels = with(with(one.labels, "feature", now.features[f].name), "q",
                                   zeroskew::detail::shortest(q));
        out.value(with(labels, "bound", "lo"), lo);
        out.value(with(labels, "bound", "hi"), hi);
      }
    }
  }
}

}  // namespace

std::vector<Metric> measurements(Service& service) {
  Collected out;
  requests(out, service.counters());
  totals(out, service.counters());
  const std::vector<Watched> all = models(service);
  policies(out, all);
  monitors(out, all);
  schemas(out, all);
  quantiles(out, all);
  const auto counter = [&](const char* name, const char* what, std::uint64_t value) {
    out.metric(name, Kind::counter, what);
    out.value({}, value);
  };
  counter("zeroskew_policy_changes_total", "Policies loaded, promoted, rolled back.",
          service.reloads());
  counter("zeroskew_shadow_rows_total", "Rows that a shadow policy saw.", service.shadow().rows());
  counter("zeroskew_shadow_differences_total", "Rows that it would have answered otherwise.",
          service.shadow().differences());
  counter("zeroskew_shadow_dropped_total", "Requests that came too fast for it.",
          service.shadow().dropped());
  if (const Batching* batching = service.batching()) {
    counter("zeroskew_batches_total", "Batches of gathered requests.", batching->batches());
    counter("zeroskew_batched_requests_total", "Requests in them.", batching->requests());
  }
  counter("zeroskew_spans_sent_total", "Spans that the collector took.", service.exporter().sent());
  counter("zeroskew_spans_dropped_total", "Spans that it did not.", service.exporter().dropped());
  counter("zeroskew_log_dropped_total", "Log lines that came too fast.", service.log().dropped());
  return out.take();
}

}  // namespace server
