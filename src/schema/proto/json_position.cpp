#include "schema/proto/json_position.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zeroskew::detail {
namespace {

// Walks a document that has been read already: nothing in it is wrong.
class Walker {
 public:
  explicit Walker(std::string_view document) : text_(document) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  std::size_t find(const std::vector<JsonStep>& steps, bool at_name) {
    space();
    std::size_t name_at = 0;
    for (const JsonStep& step : steps) {
      ++at_;  // the bracket
      if (const auto* index = std::get_if<std::size_t>(&step)) {
        for (std::size_t i = 0; i < *index; ++i) skip_value();
        space();
      } else {
        while (at_ < text_.size() && name() != std::get<std::string>(step)) skip_value();
        name_at = name_at_;
        space();
      }
    }
    return at_name ? name_at : at_;
  }

 private:
  // White space, and what stands between values.
  void space() { at_ = std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size()); }
  void skip_text() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
  }
  std::string name() {
    space();
    const std::size_t begin = name_at_ = at_;
    if (at_ == text_.size() || text_[at_] != '"') return {};
    skip_text();
    return nlohmann::json::parse(text_.substr(begin, at_ - begin)).get<std::string>();
  }
  void skip_value() {
    space();
    std::size_t depth = 0;
    do {
      if (at_ == text_.size()) return;
      const char c = text_[at_];
      if (c == '"') {
        skip_text();
      } else if (c == '{' || c == '[' || c == '}' || c == ']') {
        depth += c == '{' || c == '[' ? 1U : ~std::size_t{0};
        ++at_;
      } else {
        at_ = std::min(text_.find_first_of(" \t\r\n,:{}[]\"", at_ + 1), text_.size());
      }
      if (depth > 0) space();
    } while (depth > 0);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t name_at_ = 0;  // of the last name
};

}  // namespace

std::string position(std::string_view text, std::size_t byte) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < byte && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) {
      ++column;
    }
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

std::size_t find_value(std::string_view document, const std::vector<JsonStep>& steps, bool name) {
  return Walker(document).find(steps, name);
}

std::size_t start_of_text(std::string_view document, std::size_t end) noexcept {
  std::size_t quote = document.rfind('"', end);
  while (quote != document.npos && quote > 0) {
    quote = document.rfind('"', quote - 1);
    if (quote == document.npos) break;
    std::size_t escapes = 0;
    while (escapes < quote && document[quote - 1 - escapes] == '\\') ++escapes;
    if (escapes % 2 == 0) return quote;
  }
  return 0;
}

}  // namespace zeroskew::detail
