#pragma once
/// Structured logs: one JSON object a line on standard error, written by a thread of its own, so
/// that a full pipe never holds up a request.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "json_text.hpp"

namespace server {

class Log {
 public:
  Log();
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// A line under construction; written when it goes out of scope.
  class Line {
   public:
    Line(Log& log, std::string_view level, std::string_view event);
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    template <class T>
    Line& add(std::string_view name, const T& value) {
      text_ += ',';
      append_json(text_, name);
      text_ += ':';
      if constexpr (std::is_convertible_v<T, std::string_view>) {
        append_json(text_, std::string_view(value));
      } else if constexpr (std::is_floating_point_v<T>) {
        append_json(text_, static_cast<double>(value));
      } else {
        append_json(text_, static_cast<std::uint64_t>(value));
      }
      return *this;
    }

   private:
    Log& log_;
    std::string text_;
  };

  [[nodiscard]] Line info(std::string_view event) { return {*this, "info", event}; }
  [[nodiscard]] Line warn(std::string_view event) { return {*this, "warn", event}; }
  [[nodiscard]] Line error(std::string_view event) { return {*this, "error", event}; }

  /// Lines that were lost because they came faster than they could be written.
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(); }

 private:
  void put(std::string line);
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::string> lines_;
  bool stop_ = false;
  std::atomic<std::uint64_t> dropped_{0};
  std::thread thread_;
};

/// "2026-01-02T03:04:05.678Z": the system's clock.
[[nodiscard]] std::string timestamp();

}  // namespace server
