#pragma once
/// W3C trace context: https://www.w3.org/TR/trace-context/ (version 00).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace server {

struct TraceContext {
  std::string trace;   ///< 32 hex digits
  std::string parent;  ///< 16 hex digits: the caller's span
  bool sampled = false;
};

/// None unless the header is a valid one; later versions are read as version 00.
[[nodiscard]] std::optional<TraceContext> parse_traceparent(std::string_view header);

/// Ids for spans: different from those of any other server, and not guessable from one another's
/// order. One a thread.
class SpanIds {
 public:
  SpanIds();
  /// 16 hex digits, not all zero.
  [[nodiscard]] std::string next();

 private:
  std::uint64_t key_ = 0;
  std::uint64_t count_ = 0;
};

[[nodiscard]] std::string traceparent(const TraceContext& context, std::string_view span);

}  // namespace server
