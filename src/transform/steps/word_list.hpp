#pragma once
/// Texts taken apart at blanks (or another separator), changed and put together again, in memory of
/// the block.

#include <algorithm>
#include <string_view>

#include "transform/draws.hpp"
#include "transform/steps/common.hpp"

namespace zeroskew::steps {

/// Views in memory of a block.
class WordList {
 public:
  /// The items of `text` between separators, with room for `more`; empty items count unless
  /// `skip_empty`.
  WordList(Block& block, std::string_view text, std::string_view separator, bool skip_empty,
           std::size_t more = 0) {
    std::size_t most = 1 + more;
    for (std::size_t at = text.find(separator); at != std::string_view::npos;
         at = text.find(separator, at + separator.size())) {
      ++most;
    }
    char* space = block.text_space((most + 1) * sizeof(std::string_view));
    const auto rest = reinterpret_cast<std::uintptr_t>(space) % alignof(std::string_view);
    items_ = reinterpret_cast<std::string_view*>(
        space + (rest == 0 ? 0 : alignof(std::string_view) - rest));
    while (true) {
      const std::size_t end = text.find(separator);
      const std::string_view item = text.substr(0, end);
      if (!item.empty() || !skip_empty) items_[size_++] = item;
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + separator.size());
    }
    // An empty history has no item.
    if (size_ == 1 && items_[0].empty()) size_ = 0;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::string_view& operator[](std::size_t i) noexcept { return items_[i]; }
  void resize(std::size_t size) noexcept { size_ = size; }
  /// @pre there is room
  void insert(std::size_t at, std::string_view item) noexcept {
    std::copy_backward(items_ + at, items_ + size_, items_ + size_ + 1);
    items_[at] = item;
    ++size_;
  }

  [[nodiscard]] std::string_view joined(Block& block, std::string_view separator) const {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < size_; ++i) bytes += items_[i].size() + separator.size();
    char* to = block.text_space(bytes);
    std::size_t size = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      if (i > 0) size += separator.copy(to + size, separator.size());
      size += items_[i].copy(to + size, items_[i].size());
    }
    return {to, size};
  }

 private:
  std::string_view* items_ = nullptr;
  std::size_t size_ = 0;
};

/// An augmenting step on texts.
[[nodiscard]] inline StepInfo text_step(std::string name, std::string doc,
                                        std::vector<Parameter> parameters) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::augmenting,
          .accepts = {Kind::string},
          .on_overflow = OnOverflow::none,
          .parameters = std::move(parameters),
          .one_output = true};
}

/// A share, or a range to draw it from.
[[nodiscard]] inline Parameter share_parameter(std::string name, std::string doc,
                                               Setting fallback) {
  return {.name = std::move(name),
          .doc = std::move(doc) + ", or a range to draw it from",
          .fallback = std::move(fallback),
          .lo = 0.0,
          .hi = 1.0,
          .ranged = true};
}

/// out = f(block, text, stream, stream of parameters) where the step acts and there is a text.
template <class F>
class TextDraw final : public Operation {
 public:
  explicit TextDraw(F f) : f_(std::move(f)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    copy_cells(block, in[0], out[0]);
    if (!rows.active) return;
    const Stream parameters = stream_of(rows, Purpose::parameters);
    for_acting(rows, block.rows(), [&](std::size_t i, const Stream& stream) {
      if (block.valid(out[0])[i] == 0) return;
      std::string_view& text = block.texts(out[0])[i];
      text = f_(block, text, stream, parameters.with_row(rows.keys[i]));
    });
  }

 private:
  F f_;
};

template <class F>
[[nodiscard]] Prepared text_draw(std::span<const Field> inputs, const Settings& settings, F f) {
  return one_output(inputs, settings, inputs[0].type,
                    std::make_shared<const TextDraw<F>>(std::move(f)));
}

}  // namespace zeroskew::steps
