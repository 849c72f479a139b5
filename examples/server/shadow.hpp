#pragma once
/// Runs a second policy beside the one that answers, and counts where they differ. Nobody waits for
/// it: transforms have the same bits every time, so both are run again, elsewhere.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "lane.hpp"
#include "metrics.hpp"
#include "model.hpp"

namespace server {

class Shadow {
 public:
  struct Job {
    std::string body;
    std::string content_type;
    bool enveloped = false;
    std::shared_ptr<Model> answering;
    std::shared_ptr<Model> beside;
  };

  explicit Shadow(std::size_t most_rows);
  ~Shadow();
  Shadow(const Shadow&) = delete;
  Shadow& operator=(const Shadow&) = delete;

  /// Drops the job where too many wait.
  void add(Job job);

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_.value(); }
  /// Rows whose outputs differ, or that only one of the two refuses.
  [[nodiscard]] std::uint64_t differences() const noexcept { return differences_.value(); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(); }

 private:
  void run();
  void compare(const Job& job);

  std::size_t most_rows_;
  std::unique_ptr<Lane> lane_;  // the thread's own
  Counter rows_;
  Counter differences_;
  std::atomic<std::uint64_t> dropped_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  std::size_t bytes_ = 0;  // of their bodies
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace server
