#pragma once
/// Rows of many callers, answered together: for a call that is dear however few rows it has, as a
/// model is that reads all its weights, or runs on another device.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "zeroskew/error.hpp"

namespace zeroskew {

struct BatcherOptions {
  std::size_t rows = 32;                 ///< a batch begins when so many wait, and has no more;
  std::chrono::microseconds wait{1000};  ///< or when the first of them has waited so long
  std::size_t most_waiting = 65'536;     ///< beyond that rows are refused
};

/// Callers submit rows from any thread; one thread gathers them and answers each batch by one call.
/// A batch begins at most `wait` after its first row was submitted, or when the batch before it has
/// ended. Every row that is taken is answered, once: the end answers those that wait.
template <class Row, class Answer>
class Batcher {
 public:
  /// What became of a row: its answer, or why there is none.
  struct Outcome {
    std::optional<Answer> answer;
    std::exception_ptr error;
  };
  /// Answers rows[i] in outcomes[i]. What it throws becomes the error of each row that has no
  /// outcome then; called from one thread.
  using Compute = std::function<void(std::span<Row> rows, std::span<Outcome> outcomes)>;
  /// Called once, from the batcher's thread, in the order of submission; what it throws is dropped.
  using Done = std::function<void(Outcome)>;

  /// @throws Error policy.batch unless there is at least one row a batch, room for a batch, and a
  /// day's wait at most
  explicit Batcher(Compute compute, BatcherOptions options = {})
      : compute_(std::move(compute)), options_(checked(options)) {
    // So that the thread never asks for memory of its own.
    rows_.reserve(options_.rows);
    outcomes_.reserve(options_.rows);
    dones_.reserve(options_.rows);
    thread_ = std::thread([this] { run(); });
  }
  ~Batcher() { stop(); }
  Batcher(const Batcher&) = delete;
  Batcher& operator=(const Batcher&) = delete;

  /// @throws Error policy.batch_full if too many rows wait, policy.batch_stopped after `stop`;
  /// `done` is not called then
  void submit(Row row, Done done) {
    std::size_t waiting = 0;
    {
      const std::lock_guard lock(mutex_);
      if (stop_) fail("policy.batch_stopped", "no more rows are taken");
      if (waiting_.size() >= options_.most_waiting) {
        fail("policy.batch_full", "too many rows wait already; try again later");
      }
      waiting_.push_back({std::move(row), std::move(done), Clock::now() + options_.wait});
      waiting = waiting_.size();
    }
    if (waiting == 1 || waiting == options_.rows) wake_.notify_one();
  }

  /// The same, for callers that wait: the future has the answer, or throws the row's error.
  [[nodiscard]] std::future<Answer> submit(Row row) {
    const auto promise = std::make_shared<std::promise<Answer>>();
    std::future<Answer> future = promise->get_future();
    submit(std::move(row), [promise](Outcome outcome) {
      outcome.answer ? promise->set_value(std::move(*outcome.answer))
                     : promise->set_exception(std::move(outcome.error));
    });
    return future;
  }

  /// Answers what waits, without waiting for more, and ends. From any thread but the batcher's.
  void stop() {
    const std::lock_guard one_at_a_time(stopping_);
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  /// Batches that were answered, and rows in them.
  [[nodiscard]] std::uint64_t batches() const noexcept { return batches_.load(); }
  [[nodiscard]] std::uint64_t rows() const noexcept { return answered_.load(); }

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Row row;
    Done done;
    Clock::time_point due;
  };

  [[noreturn]] static void fail(const char* id, const char* message) {
    throw Error(ErrorKind::runtime, id, "", message);
  }

  static BatcherOptions checked(BatcherOptions options) {
    const bool timely = options.wait.count() >= 0 && options.wait <= std::chrono::hours(24);
    if (options.rows == 0 || options.most_waiting < options.rows || !timely) {
      fail_value("policy.batch", "options",
                 "a batch has at least one row, as many may wait, and for a day at most");
    }
    return options;
  }

  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const Clock::time_point due = waiting_.front().due;
      wake_.wait_until(lock, due, [&] { return stop_ || waiting_.size() >= options_.rows; });
      take();
      lock.unlock();
      answer();
      lock.lock();
    }
  }

  void take() {
    const std::size_t count = std::min(waiting_.size(), options_.rows);
    for (std::size_t i = 0; i < count; ++i) {
      rows_.push_back(std::move(waiting_.front().row));
      dones_.push_back(std::move(waiting_.front().done));
      waiting_.pop_front();
    }
  }

  void answer() {
    outcomes_.resize(rows_.size());
    std::exception_ptr failed;
    try {
      compute_(rows_, outcomes_);
    } catch (...) {
      failed = std::current_exception();
    }
    batches_.fetch_add(1);
    answered_.fetch_add(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      Outcome& outcome = outcomes_[i];
      if (!outcome.answer && !outcome.error) outcome.error = failed ? failed : unanswered();
      try {
        dones_[i](std::move(outcome));
      } catch (...) {  // The caller's own; the rows behind it have theirs to hear.
      }
    }
    rows_.clear();
    outcomes_.clear();
    dones_.clear();
  }

  static std::exception_ptr unanswered() {
    return std::make_exception_ptr(Error(ErrorKind::runtime, "policy.batch_unanswered", "",
                                         "the call ended without an answer to this row"));
  }

  const Compute compute_;
  const BatcherOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> waiting_;
  bool stop_ = false;
  std::vector<Row> rows_;  // of the batch; these three are the thread's
  std::vector<Outcome> outcomes_;
  std::vector<Done> dones_;
  std::atomic<std::uint64_t> batches_{0};
  std::atomic<std::uint64_t> answered_{0};
  std::mutex stopping_;
  std::thread thread_;
};

}  // namespace zeroskew
