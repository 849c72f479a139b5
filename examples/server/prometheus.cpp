// Metrics in Prometheus' text format.

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include <zeroskew/detail/format.hpp>
#include "service.hpp"

namespace server {
namespace {

using zeroskew::MonitoredFeature;
using zeroskew::RecordedCounts;
using zeroskew::RecordedFeature;

class Text {
 public:
  void metric(const char* name, const char* type, const char* what) {
    name_ = name;
    out_ += std::string("# HELP ") + name + " " + what + "\n# TYPE " + name + " " + type + "\n";
  }
  void value(const std::string& labels, double x, const char* suffix = "") {
    out_ += name_;
    out_ += suffix;
    if (!labels.empty()) out_ += "{" + labels + "}";
    out_ += " " +
            (std::isnan(x)   ? "NaN"
             : std::isinf(x) ? (x > 0 ? "+Inf" : "-Inf")
                             : zeroskew::detail::shortest(x)) +
            "\n";
  }
  void value(const std::string& labels, std::uint64_t x, const char* suffix = "") {
    out_ += name_;
    out_ += suffix;
    if (!labels.empty()) out_ += "{" + labels + "}";
    out_ += " " + std::to_string(x) + "\n";
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const char* name_ = "";
  std::string out_;
};

std::string label(const char* name, std::string_view value) {
  std::string text = std::string(name) + "=\"";
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text + "\"";
}

using Workers = std::vector<std::unique_ptr<Counters>>;

template <class F>
std::uint64_t sum(const Workers& workers, F&& f) {
  std::uint64_t total = 0;
  for (const auto& counters : workers) total += f(*counters).value();
  return total;
}

void requests(Text& text, const Workers& workers) {
  text.metric("zeroskew_requests_total", "counter", "Requests that were answered.");
  for (std::size_t r = 0; r < route_names.size(); ++r) {
    for (std::size_t s = 0; s < 5; ++s) {
      const auto n =
          sum(workers, [&](const Counters& c) -> const Counter& { return c.routes[r].status[s]; });
      if (n == 0) continue;
      const std::string status = std::to_string(s + 1) + "xx";
      text.value(label("route", route_names[r]) + "," + label("status", status), n);
    }
  }
  text.metric("zeroskew_request_seconds", "histogram",
              "From a request's first byte to the last of its answer.");
  for (std::size_t r = 0; r < route_names.size(); ++r) {
    std::uint64_t below = 0;
    const std::string route = label("route", route_names[r]);
    for (std::size_t b = 0; b <= latency_bounds.size(); ++b) {
      below +=
          sum(workers, [&](const Counters& c) -> const Counter& { return c.routes[r].latency[b]; });
      const std::string bound =
          b == latency_bounds.size()
              ? "+Inf"
              : zeroskew::detail::shortest(static_cast<double>(latency_bounds[b]) / 1e9);
      text.value(route + "," + label("le", bound), below, "_bucket");
    }
    const auto spent =
        sum(workers, [&](const Counters& c) -> const Counter& { return c.routes[r].nanoseconds; });
    text.value(route, static_cast<double>(spent) / 1e9, "_sum");
    text.value(route, below, "_count");
  }
}

void totals(Text& text, const Workers& workers) {
  const auto counter = [&](const char* name, const char* what, Counter Counters::* which) {
    text.metric(name, "counter", what);
    text.value("", sum(workers, [&](const Counters& c) -> const Counter& { return c.*which; }));
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
  std::string labels;
  Model* model;
};

std::vector<Watched> models(const Service& service) {
  std::vector<Watched> all;
  for (const auto& [name, tenant] : service.tenants()) {
    const auto now = tenant->deployment();
    const auto add = [&](const char* role, const std::shared_ptr<Model>& model) {
      if (model) all.push_back({label("tenant", name) + "," + label("role", role), model.get()});
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

void policies(Text& text, const std::vector<Watched>& all) {
  text.metric("zeroskew_policy_info", "gauge", "Always 1; the digest says which policy serves.");
  for (const Watched& one : all) {
    text.value(one.labels + "," + label("digest", one.model->digest()), std::uint64_t{1});
  }
  text.metric("zeroskew_breaker_open", "gauge", "1: rows get the fallback.");
  for (const Watched& one : all) {
    const bool closed = one.model->breaker.state() == zeroskew::Breaker::State::closed;
    text.value(one.labels, std::uint64_t{closed ? 0U : 1U});
  }
  text.metric("zeroskew_breaker_opened_total", "counter", "How often the breaker opened.");
  for (const Watched& one : all) text.value(one.labels, one.model->breaker.opened());
}

template <class F>
void features(Text& text, const std::vector<Watched>& all, const char* name, const char* what,
              F&& value_of) {
  text.metric(name, "gauge", what);
  for (const Watched& one : all) {
    const auto report = one.model->report();
    if (!report) continue;
    for (const MonitoredFeature& feature : report->features) {
      const double value = value_of(feature);
      if (std::isnan(value)) continue;  // the mean of texts
      text.value(one.labels + "," + label("feature", feature.name), value);
    }
  }
}

void monitors(Text& text, const std::vector<Watched>& all) {
  text.metric("zeroskew_monitor_rows", "gauge", "Rows that the monitor compared.");
  for (const Watched& one : all) {
    if (const auto report = one.model->report()) text.value(one.labels, report->rows);
  }
  text.metric("zeroskew_monitor_evalue", "gauge", "Evidence that any feature drifted.");
  for (const Watched& one : all) {
    if (const auto report = one.model->report()) text.value(one.labels, report->evalue);
  }
  features(text, all, "zeroskew_feature_drifted", "1: certain, and large enough to matter.",
           [](const MonitoredFeature& f) { return f.drifted ? 1.0 : 0.0; });
  features(text, all, "zeroskew_feature_evalue", "Evidence against the baseline; anytime-valid.",
           [](const MonitoredFeature& f) { return f.evalue; });
  features(text, all, "zeroskew_feature_missing_share", "Share of missing and NaN values.",
           [](const MonitoredFeature& f) { return f.missing_share; });
  features(text, all, "zeroskew_feature_new_share", "Share of values that the baseline lacks.",
           [](const MonitoredFeature& f) { return f.new_share; });
  features(text, all, "zeroskew_feature_mean", "Mean of the finite numbers.",
           [](const MonitoredFeature& f) { return f.mean; });
  text.metric("zeroskew_feature_distance", "gauge", "Distance from the baseline, by measure.");
  for (const Watched& one : all) {
    const auto report = one.model->report();
    if (!report) continue;
    for (const MonitoredFeature& feature : report->features) {
      for (const zeroskew::MeasureResult& result : feature.measures) {
        text.value(
            one.labels + "," + label("feature", feature.name) + "," + label("measure", result.name),
            result.statistic);
      }
    }
  }
}

void quantiles(Text& text, const std::vector<Watched>& all) {
  text.metric("zeroskew_feature_quantile", "gauge",
              "Bounds of a quantile: the truth lies between lo and hi.");
  for (const Watched& one : all) {
    const zeroskew::MonitorSnapshot now = one.model->monitor.snapshot();
    for (std::size_t f = 0; f < now.features.size(); ++f) {
      if (now.features[f].edges.empty()) continue;
      for (const double q : {0.05, 0.5, 0.95}) {
        const auto [lo, hi] = quantile(now.features[f], now.counts[f], q);
        const std::string labels = one.labels + "," + label("feature", now.features[f].name) + "," +
                                   label("quantile", zeroskew::detail::shortest(q));
        text.value(labels + "," + label("bound", "lo"), lo);
        text.value(labels + "," + label("bound", "hi"), hi);
      }
    }
  }
}

}  // namespace

std::string prometheus(const Service& service, Shadow& shadow, SpanExporter& spans,
                       const Log& log) {
  Text text;
  requests(text, service.counters());
  totals(text, service.counters());
  const std::vector<Watched> all = models(service);
  policies(text, all);
  monitors(text, all);
  quantiles(text, all);
  const auto counter = [&](const char* name, const char* what, std::uint64_t value) {
    text.metric(name, "counter", what);
    text.value("", value);
  };
  counter("zeroskew_policy_changes_total", "Policies loaded, promoted, rolled back.",
          service.reloads());
  counter("zeroskew_shadow_rows_total", "Rows that a shadow policy saw.", shadow.rows());
  counter("zeroskew_shadow_differences_total", "Rows that it would have answered otherwise.",
          shadow.differences());
  counter("zeroskew_shadow_dropped_total", "Requests that came too fast for it.", shadow.dropped());
  counter("zeroskew_spans_sent_total", "Spans that the collector took.", spans.sent());
  counter("zeroskew_spans_dropped_total", "Spans that it did not.", spans.dropped());
  counter("zeroskew_log_dropped_total", "Log lines that came too fast.", log.dropped());
  return text.take();
}

}  // namespace server
