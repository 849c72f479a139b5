#pragma once
// Independent tasks on some threads.

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace zeroskew {

// Runs f(0) ... f(count - 1) on some threads; the first exception is rethrown here.
template <class F>
void in_parallel(std::size_t count, unsigned threads, F&& f) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  const auto work = [&] {
    for (std::size_t i; (i = next.fetch_add(1)) < count;) {
      try {
        f(i);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (!failure) failure = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::thread> helpers;
  try {
    for (unsigned t = 1; t < threads && t < count; ++t) helpers.emplace_back(work);
  } catch (const std::system_error&) {
    // The machine gives no more threads: those that run do all the work.
  }
  work();
  for (std::thread& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace zeroskew
