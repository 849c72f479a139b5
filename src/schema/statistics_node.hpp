#pragma once
// A message of statistics, where an unset field reads as zero.

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/proto/tree.hpp"

namespace zeroskew::detail {

class StatisticsNode {
 public:
  StatisticsNode() = default;
  explicit StatisticsNode(const FieldTree* tree) noexcept : tree_(tree) {}

  [[nodiscard]] bool has(int field) const noexcept {
    return tree_ != nullptr && tree_->find(field) != nullptr;
  }
  [[nodiscard]] double number(int field) const noexcept {
    const FieldValue* value = first(field);
    if (value == nullptr) return 0.0;
    if (const auto* d = std::get_if<double>(value)) return *d;
    if (const auto* u = std::get_if<std::uint64_t>(value)) return static_cast<double>(*u);
    if (const auto* i = std::get_if<std::int64_t>(value)) return static_cast<double>(*i);
    return 0.0;
  }
  [[nodiscard]] std::int64_t integer(int field) const noexcept {
    const FieldValue* value = first(field);
    const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
    return number == nullptr ? 0 : *number;
  }
  [[nodiscard]] std::string_view text(int field) const noexcept {
    return tree_ == nullptr ? std::string_view() : text_of(*tree_, field);
  }
  // A node without fields where the message is not set.
  [[nodiscard]] StatisticsNode message(int field) const noexcept {
    return StatisticsNode(tree_ == nullptr ? nullptr : message_in(*tree_, field));
  }
  [[nodiscard]] std::vector<StatisticsNode> messages(int field) const {
    std::vector<StatisticsNode> nodes;
    const FieldEntry* entry = tree_ == nullptr ? nullptr : tree_->find(field);
    if (entry == nullptr) return nodes;
    for (const FieldValue& value : entry->values) {
      if (const auto* tree = std::get_if<FieldTree>(&value)) nodes.emplace_back(tree);
    }
    return nodes;
  }
  [[nodiscard]] const FieldTree* tree() const noexcept { return tree_; }

 private:
  [[nodiscard]] const FieldValue* first(int field) const noexcept {
    const FieldEntry* entry = tree_ == nullptr ? nullptr : tree_->find(field);
    return entry == nullptr || entry->values.empty() ? nullptr : &entry->values.front();
  }

  const FieldTree* tree_ = nullptr;
};

}  // namespace zeroskew::detail
