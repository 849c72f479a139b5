#pragma once
/// An optional member on the heap that copies and compares by value.

#include <memory>
#include <utility>

namespace zeroskew::detail {

template <class T>
class ValuePtr {
 public:
  ValuePtr() = default;
  ValuePtr(const ValuePtr& other)
      : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
  ValuePtr(ValuePtr&&) noexcept = default;
  ValuePtr& operator=(ValuePtr other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }

  template <class... Args>
  T& emplace(Args&&... args) {
    held_ = std::make_unique<T>(std::forward<Args>(args)...);
    return *held_;
  }
  void reset() noexcept { held_.reset(); }

  [[nodiscard]] T* get() noexcept { return held_.get(); }
  [[nodiscard]] const T* get() const noexcept { return held_.get(); }
  [[nodiscard]] T& operator*() noexcept { return *held_; }
  [[nodiscard]] const T& operator*() const noexcept { return *held_; }
  [[nodiscard]] T* operator->() noexcept { return held_.get(); }
  [[nodiscard]] const T* operator->() const noexcept { return held_.get(); }
  [[nodiscard]] explicit operator bool() const noexcept { return held_ != nullptr; }

  [[nodiscard]] bool operator==(const ValuePtr& other) const {
    return held_ && other.held_ ? *held_ == *other.held_ : !held_ && !other.held_;
  }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace zeroskew::detail
