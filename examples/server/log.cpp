#include "log.hpp"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <utility>

namespace server {
namespace {

constexpr std::size_t most_lines = 10'000;

}  // namespace

std::string timestamp() {
  using namespace std::chrono;
  const auto now = system_clock::now();
  const std::time_t seconds = system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  const auto millis = duration_cast<milliseconds>(now.time_since_epoch()).count() % 1000;
  std::array<char, 40> text;
  std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  size += static_cast<std::size_t>(
      std::snprintf(text.data() + size, text.size() - size, ".%03dZ", static_cast<int>(millis)));
  return {text.data(), size};
}

Log::Log() : thread_([this] { run(); }) {}

Log::~Log() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Log::put(std::string line) {
  {
    const std::lock_guard lock(mutex_);
    if (lines_.size() >= most_lines) {
      dropped_.fetch_add(1);
      return;
    }
    lines_.push_back(std::move(line));
  }
  wake_.notify_one();
}

void Log::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stop_ || !lines_.empty(); });
    if (lines_.empty()) return;
    std::string text;
    for (const std::string& line : lines_) text += line;
    lines_.clear();
    lock.unlock();
    std::string_view rest = text;
    while (!rest.empty()) {
      const ssize_t n = write(STDERR_FILENO, rest.data(), rest.size());
      if (n <= 0) break;
      rest.remove_prefix(static_cast<std::size_t>(n));
    }
    lock.lock();
  }
}

Log::Line::Line(Log& log, std::string_view level, std::string_view event)
    : log_(log), text_(R"({"time":")" + timestamp() + "\"") {
  add("level", level);
  add("event", event);
}

Log::Line::~Line() {
  text_ += "}\n";
  log_.put(std::move(text_));
}

}  // namespace server
