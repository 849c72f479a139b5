#pragma once
/// The state of a detector as bytes: little-endian, the same on every machine and in every
/// language. Layout: "zsmon", a version byte, the name, the parameters, the state.

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew::detail {

[[noreturn]] void fail_state(std::string_view detector, std::string_view why);

class StateOut {
 public:
  template <class T>
  void operator()(const T& value) {
    if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
      bytes_.push_back(static_cast<std::uint8_t>(value));
    } else if constexpr (std::is_same_v<T, double>) {
      word(std::bit_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<T>) {
      word(static_cast<std::uint64_t>(value));
    } else {
      T::visit(value, *this);
    }
  }
  template <class T>
  void operator()(const std::vector<T>& values) {
    word(values.size());
    for (const T& value : values) (*this)(value);
  }
  void operator()(const std::vector<std::uint8_t>& values) {
    word(values.size());
    bytes_.insert(bytes_.end(), values.begin(), values.end());
  }
  void operator()(const std::string& text) {
    word(text.size());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  [[nodiscard]] std::vector<std::uint8_t> take() && { return std::move(bytes_); }

 private:
  void word(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  std::vector<std::uint8_t> bytes_;
};

/// Reads what StateOut wrote; throws Error monitor.malformed where the bytes end early or a value
/// is impossible.
class StateIn {
 public:
  StateIn(std::span<const std::uint8_t> bytes, std::string_view name) : left_(bytes), name_(name) {}

  template <class T>
  void operator()(T& value) {
    if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
      const std::uint8_t byte = take(1)[0];
      if (byte > (std::is_enum_v<T> ? 2 : 1)) fail_state(name_, "a flag is neither 0 nor 1");
      value = static_cast<T>(byte);
    } else if constexpr (std::is_same_v<T, double>) {
      value = std::bit_cast<double>(word());
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(word());
    } else {
      T::visit(value, *this);
    }
  }
  template <class T>
  void operator()(std::vector<T>& values) {
    values.assign(size(), T{});
    for (T& value : values) (*this)(value);
  }
  void operator()(std::vector<std::uint8_t>& values) {
    const auto bytes = take(size());
    values.assign(bytes.begin(), bytes.end());
  }
  void operator()(std::string& text) {
    const auto bytes = take(size());
    text.assign(bytes.begin(), bytes.end());
  }
  void finish() const {
    if (!left_.empty()) fail_state(name_, "bytes are left over");
  }

 private:
  std::span<const std::uint8_t> take(std::size_t n) {
    if (n > left_.size()) fail_state(name_, "the bytes end early");
    const auto head = left_.first(n);
    left_ = left_.subspan(n);
    return head;
  }
  std::uint64_t word() {
    std::uint64_t value = 0;
    const auto bytes = take(8);
    for (std::size_t i = 0; i < 8; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
    return value;
  }
  // A length cannot exceed what is left, so hostile bytes cannot ask for memory.
  std::size_t size() {
    const std::uint64_t n = word();
    if (n > left_.size()) fail_state(name_, "the bytes end early");
    return static_cast<std::size_t>(n);
  }

  std::span<const std::uint8_t> left_;
  std::string name_;
};

inline constexpr std::string_view state_magic = "zsmon\x01";

/// The name that a state was written under; throws Error monitor.malformed.
[[nodiscard]] std::string state_name(std::span<const std::uint8_t> bytes);

template <class Detector>
[[nodiscard]] std::vector<std::uint8_t> write_state(const Detector& detector) {
  StateOut out;
  for (const char c : state_magic) out(static_cast<Side>(c));
  out(std::string(Detector::name));
  using Parameters = typename Detector::Parameters;
  Parameters::visit(detector.parameters(), [&](const char*, const auto& value, const Limits&,
                                               const char*) { out(value); });
  Detector::visit_state(detector, out);
  return std::move(out).take();
}

template <class Detector>
[[nodiscard]] Detector read_state(std::span<const std::uint8_t> bytes) {
  if (state_name(bytes) != Detector::name) {
    fail_state(Detector::name, "the bytes hold a state of " + state_name(bytes));
  }
  StateIn in(bytes.subspan(state_magic.size() + 8 + Detector::name.size()), Detector::name);
  typename Detector::Parameters parameters;
  Detector::Parameters::visit(
      parameters, [&](const char*, auto& value, const Limits&, const char*) { in(value); });
  Detector detector(parameters);
  Detector::visit_state(detector, in);
  in.finish();
  if (!detector.consistent()) fail_state(Detector::name, "the parts do not fit together");
  return detector;
}

}  // namespace zeroskew::detail
