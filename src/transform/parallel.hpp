#pragma once
/// Independent pieces of work on some threads.

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace zeroskew::detail {

/// Calls work(next) on up to `threads` threads (0: as many as there are cores); `next()` hands out
/// 0 ... count - 1, and `count` or more when there is nothing left. The first exception is
/// rethrown.
template <class Work>
void in_parallel(std::size_t count, unsigned threads, Work&& work) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  std::atomic<std::size_t> counter{0};
  const auto next = [&] { return counter.fetch_add(1); };
  std::exception_ptr failure;
  std::mutex guard;
  const auto guarded = [&] {
    try {
      work(next);
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
      counter = count;
    }
  };
  std::vector<std::thread> helpers;
  for (unsigned t = 1; t < threads && t < count; ++t) helpers.emplace_back(guarded);
  guarded();
  for (std::thread& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace zeroskew::detail
