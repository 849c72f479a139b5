#pragma once
/// A value that several Python threads may use at once.

#include <pybind11/pybind11.h>

#include <mutex>
#include <utility>

namespace zeroskew::python {

namespace py = pybind11;

/// Nobody waits for the value while holding the interpreter, so nobody can wait for ever.
template <class T>
class Guarded {
 public:
  explicit Guarded(T value) : value_(std::move(value)) {}

  /// Calls `f` with the value, holding the interpreter.
  template <class F>
  decltype(auto) use(const F& f) {
    std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock()) {
      const py::gil_scoped_release release;
      lock.lock();
    }
    return f(value_);
  }
  /// The same without the interpreter, for long work.
  template <class F>
  decltype(auto) use_unlocked(const F& f) {
    const py::gil_scoped_release release;
    const std::scoped_lock lock(mutex_);
    return f(value_);
  }
  [[nodiscard]] T copy() {
    return use([](const T& value) { return value; });
  }

 private:
  T value_;
  std::mutex mutex_;
};

}  // namespace zeroskew::python
