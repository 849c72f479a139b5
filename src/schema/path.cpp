#include "zeroskew/schema/path.hpp"

#include <algorithm>
#include <cstddef>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr std::string_view kSpecial = ".()'";

bool is_raw(std::string_view step) {
  if (step.empty()) return false;
  if (step.find_first_of(kSpecial) == std::string_view::npos) return true;
  if (step.size() < 2 || step.front() != '(' || step.back() != ')') return false;
  return step.substr(1, step.size() - 2).find_first_of("()") == std::string_view::npos;
}

// The step that starts at `at`, with its end in `end`.
std::string read_step(std::string_view text, std::size_t at, std::size_t& end) {
  const auto fail = [&](std::string_view message) {
    fail_value("schema.path_syntax", std::string(text), message);
  };
  if (at < text.size() && text[at] == '\'') {
    std::string step;
    for (std::size_t i = at + 1; i < text.size(); ++i) {
      if (text[i] != '\'') {
        step += text[i];
      } else if (i + 1 < text.size() && text[i + 1] == '\'') {
        step += text[i++];
      } else {
        end = i + 1;
        return step;
      }
    }
    fail("a quoted step does not end: close it with '");
  }
  if (at < text.size() && text[at] == '(') {
    end = text.find_first_of("()", at + 1);
    if (end == std::string_view::npos || text[end] == '(') fail("a '(' is not closed by ')'");
    ++end;
  } else {
    end = std::min(text.find_first_of(kSpecial, at), text.size());
    if (end == at) fail("a step is empty: write '' for an empty name");
  }
  return std::string(text.substr(at, end - at));
}

}  // namespace

std::string to_string(const Path& path) {
  std::string text;
  for (std::size_t i = 0; i < path.step.size(); ++i) {
    const std::string& step = path.step[i];
    if (i > 0) text += '.';
    if (is_raw(step)) {
      text += step;
      continue;
    }
    text += '\'';
    for (const char c : step) text.append(c == '\'' ? 2 : 1, c);
    text += '\'';
  }
  return text;
}

Path Path::parse(std::string_view text) {
  Path path;
  if (text.empty()) return path;
  for (std::size_t at = 0;;) {
    std::size_t end = at;
    path.step.push_back(read_step(text, at, end));
    if (end == text.size()) return path;
    if (text[end] != '.') {
      fail_value("schema.path_syntax", std::string(text),
                 "a step with . ( ) or ' in it must stand in single quotes");
    }
    at = end + 1;
  }
}

Path Path::child(std::string_view name) const {
  Path result = *this;
  result.step.emplace_back(name);
  return result;
}

Path Path::parent() const {
  Path result = *this;
  if (!result.step.empty()) result.step.pop_back();
  return result;
}

}  // namespace zeroskew
