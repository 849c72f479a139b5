#pragma once
// Independent tasks on some threads.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace zeroskew::detail {

// What is asked for, or one thread a core if that is 0.
inline unsigned threads_or_cores(unsigned threads) noexcept {
  return threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
}

// Calls work(next) on each of some threads (0: one a core); `next()` hands out 0 ... count - 1, and
// `count` or more when nothing is left. The first exception ends the work and is rethrown here.
template <class Work>
void on_threads(std::size_t count, unsigned threads, Work&& work) {
  threads = threads_or_cores(threads);
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
  std::vector<std::thread> others;
  try {
    for (unsigned t = 1; t < threads && t < count; ++t) others.emplace_back(guarded);
  } catch (const std::system_error&) {
    // The machine gives no more threads: those that run do all the work.
  }
  guarded();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

// Runs f(0) ... f(count - 1) on some threads (0: one a core); the first exception is rethrown here.
template <class F>
void in_parallel(std::size_t count, unsigned threads, F&& f) {
  on_threads(count, threads, [&](const auto& next) {
    for (std::size_t i; (i = next()) < count;) f(i);
  });
}

}  // namespace zeroskew::detail
