#include "options.hpp"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string_view>
#include <thread>
#include <utility>

#include <zeroskew/detail/file.hpp>
#include <zeroskew/error.hpp>
#include <zeroskew/version.hpp>

namespace server {
namespace {

constexpr const char* help = R"(usage: zeroskew-server [options]

  --policy FILE         serve this policy (default: /opt/ml/model/policy.json if it is there)
  --store DIR           keep deployed policies and the audit log here; serves what the log names
  --tenant NAME=DIR     one more tenant with a store of its own
  --address A --port N  where to listen (0.0.0.0, 8080 or AIP_HTTP_PORT; 0: any free port)
  --threads N           event loops (as many as there are cores)
  --admin-token-file F  or ZEROSKEW_ADMIN_TOKEN: who may change policies
  --public-key FILE     Ed25519 (PEM): policies must be signed
  --max-body BYTES --max-rows N --max-connections N
  --request-time MS --idle-time MS --compute-time MS
  --report-every MS     between looks at the monitors (5000)
  --grace MS --drain-delay MS
  --cache ROWS          answers kept a thread (4096; 0: none)
  --batch-rows N --batch-wait MICROSECONDS
                        gather small requests and answer them together (1: no; 1000)
  --log-every N         log every n-th request (0: failures only)
  --version, --help
Environment: AIP_HTTP_PORT AIP_HEALTH_ROUTE AIP_PREDICT_ROUTE ZEROSKEW_ADMIN_TOKEN
  OTEL_EXPORTER_OTLP_ENDPOINT OTEL_SERVICE_NAME OTEL_METRIC_EXPORT_INTERVAL
)";

[[noreturn]] void fail_option(std::string_view flag, std::string_view why) {
  zeroskew::fail_value("server.option", std::string(flag), why);
}

template <class T>
T number(std::string_view flag, std::string_view text, T most) {
  T value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || value > most ||
      std::cmp_less(value, 0)) {
    fail_option(flag,
                "'" + std::string(text) + "' is no whole number up to " + std::to_string(most));
  }
  return value;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string line_of(const std::string& path) {
  std::string text = zeroskew::detail::read_file(path);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

void from_environment(Options& options) {
  if (const std::string port = variable("AIP_HTTP_PORT"); !port.empty()) {
    options.http.port = number<std::uint16_t>("AIP_HTTP_PORT", port, 65535);
  }
  options.health_route = variable("AIP_HEALTH_ROUTE");
  options.predict_route = variable("AIP_PREDICT_ROUTE");
  options.admin_token = variable("ZEROSKEW_ADMIN_TOKEN");
  options.otlp_endpoint = variable("OTEL_EXPORTER_OTLP_ENDPOINT");
  if (const std::string name = variable("OTEL_SERVICE_NAME"); !name.empty()) {
    options.service_name = name;
  }
  if (const std::string every = variable("OTEL_METRIC_EXPORT_INTERVAL"); !every.empty()) {
    options.metrics_interval = std::chrono::milliseconds(
        number<std::int64_t>("OTEL_METRIC_EXPORT_INTERVAL", every, 86'400'000));
  }
  options.http.threads = std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Options parse_options(int count, char** arguments) {
  Options options;
  from_environment(options);
  using Take = std::function<void(std::string_view flag, const std::string& text)>;
  const auto size = [](std::size_t& out) -> Take {
    return [&out](std::string_view flag, const std::string& text) {
      out = number<std::size_t>(flag, text, std::size_t{1} << 40);
    };
  };
  const auto time = [](std::chrono::milliseconds& out) -> Take {
    return [&out](std::string_view flag, const std::string& text) {
      out = std::chrono::milliseconds(number<std::int64_t>(flag, text, 86'400'000));
    };
  };
  const auto word = [](std::string& out) -> Take {
    return [&out](std::string_view, const std::string& text) { out = text; };
  };
  const auto file = [](std::string& out) -> Take {
    return [&out](std::string_view, const std::string& text) { out = line_of(text); };
  };
  const std::map<std::string, Take, std::less<>> flags = {
      {"--policy", word(options.policy)},
      {"--store", word(options.stores["default"])},
      {"--tenant",
       [&](std::string_view flag, const std::string& text) {
         const std::size_t equals = text.find('=');
         if (equals == 0 || equals == std::string::npos) fail_option(flag, "is NAME=DIR");
         options.stores[text.substr(0, equals)] = text.substr(equals + 1);
       }},
      {"--address", word(options.http.address)},
      {"--port",
       [&](std::string_view flag, const std::string& text) {
         options.http.port = number<std::uint16_t>(flag, text, 65535);
       }},
      {"--threads",
       [&](std::string_view flag, const std::string& text) {
         options.http.threads = number<unsigned>(flag, text, 1024);
       }},
      {"--admin-token-file", file(options.admin_token)},
      {"--public-key", file(options.public_key)},
      {"--max-body", size(options.http.body_limit)},
      {"--max-rows", size(options.most_rows)},
      {"--max-connections", size(options.http.connections)},
      {"--request-time", time(options.http.request_time)},
      {"--idle-time", time(options.http.idle_time)},
      {"--compute-time", time(options.compute_time)},
      {"--report-every", time(options.report_interval)},
      {"--grace", time(options.grace)},
      {"--drain-delay", time(options.drain_delay)},
      {"--cache", size(options.cached_rows)},
      {"--batch-rows",
       [&](std::string_view flag, const std::string& text) {
         options.batch.rows = number<std::size_t>(flag, text, options.batch.most_waiting);
       }},
      {"--batch-wait",
       [&](std::string_view flag, const std::string& text) {
         options.batch.wait =
             std::chrono::microseconds(number<std::int64_t>(flag, text, 1'000'000));
       }},
      {"--log-every", size(options.log_every)},
  };
  for (int i = 1; i < count; ++i) {
    const std::string_view flag = arguments[i];
    if (flag == "serve" && i == 1) continue;  // SageMaker's word
    if (flag == "--help" || flag == "--version") {
      flag == "--help" ? std::cout << help : std::cout << "zeroskew " << zeroskew::version << '\n';
      std::exit(0);
    }
    const auto found = flags.find(flag);
    if (found == flags.end()) fail_option(flag, "is no option; see --help");
    if (i + 1 == count) fail_option(flag, "needs a value");
    found->second(flag, arguments[++i]);
  }
  const char* image = "/opt/ml/model/policy.json";
  if (options.policy.empty() && std::filesystem::exists(image)) options.policy = image;
  return options;
}

}  // namespace server
