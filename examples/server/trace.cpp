#include "trace.hpp"

#include <random>

#include <zeroskew/detail/hex.hpp>
#include <zeroskew/random/row_key.hpp>

namespace server {
namespace {

bool is_hex(std::string_view text) noexcept {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_zero(std::string_view text) noexcept {
  return text.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

std::optional<TraceContext> parse_traceparent(std::string_view header) {
  // 00-<32 digits>-<16 digits>-<2 digits>; a later version may go on after a dash.
  if (header.size() < 55 || header[2] != '-' || header[35] != '-' || header[52] != '-') return {};
  const std::string_view version = header.substr(0, 2);
  const std::string_view trace = header.substr(3, 32);
  const std::string_view parent = header.substr(36, 16);
  const std::string_view flags = header.substr(53, 2);
  if (!is_hex(version) || !is_hex(trace) || !is_hex(parent) || !is_hex(flags)) return {};
  if (version == "ff" || is_zero(trace) || is_zero(parent)) return {};
  if (header.size() > 55 && (version == "00" || header[55] != '-')) return {};
  const bool sampled = (flags[1] >= 'a' ? flags[1] - 'a' + 10 : flags[1] - '0') % 2 == 1;
  return TraceContext{std::string(trace), std::string(parent), sampled};
}

SpanIds::SpanIds() {
  std::random_device device;
  key_ = (std::uint64_t{device()} << 32) ^ device();
}

std::string SpanIds::next() {
  std::uint64_t id = 0;
  while (id == 0) id = zeroskew::row_key(static_cast<std::int64_t>(key_ + ++count_));
  return zeroskew::detail::hex(id);
}

std::string traceparent(const TraceContext& context, std::string_view span) {
  std::string text = "00-";
  text.append(context.trace).append("-").append(span).append(context.sampled ? "-01" : "-00");
  return text;
}

}  // namespace server
