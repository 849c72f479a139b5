#pragma once
/// Terms of texts and of lists: words, characters, and n-grams of them.

#include <string>
#include <string_view>

#include "transform/steps/common.hpp"
#include "transform/steps/tokens.hpp"
#include "transform/steps/words.hpp"

namespace zeroskew::steps {

/// How a text is cut into terms; of a list every item is a word, as it is. `space` is scratch that
/// is reused from text to text.
struct Terms {
  bool list = false;
  bool chars = false;
  bool lowercase = true;
  std::size_t least = 2;  // characters of a word
  std::size_t low = 1;    // words or characters of a term
  std::size_t high = 1;
  std::string column;
  char glue = ' ';  // between the words of a term

  Terms(const Field& field, const Settings& settings)
      : list(field.type.kind == Kind::list),
        chars(text_of(settings, "analyzer") == "char"),
        lowercase(flag_of(settings, "lowercase")),
        least(static_cast<std::size_t>(integer_of(settings, "min_length"))),
        low(static_cast<std::size_t>(integer_of(settings, "ngram_low"))),
        high(static_cast<std::size_t>(integer_of(settings, "ngram_high"))),
        column(field.name) {
    if (list && chars) {
      fail_value("transform.bad_parameter", "analyzer",
                 "analyzer is char, and '" + column + "' is a list: its items are the words");
    }
    if (low > high) {
      fail_value("transform.bad_parameter", "ngram_low",
                 "ngram_low is " + std::to_string(low) + "; it must be at most ngram_high, " +
                     std::to_string(high));
    }
  }

  // Bytes of scratch that `each` needs for a text.
  [[nodiscard]] std::size_t space_for(std::string_view text) const noexcept {
    return (list ? 3 : 2) * text.size() + 2;
  }

  // Calls f(term). Terms of n words are joined by single spaces; they lie in `space`.
  template <class F>
  void each(std::string_view text, char* space, F&& f) const {
    if (list) return each_of_list(text, space, f);
    std::size_t size = 0;
    if (chars) {
      for (const char c : text) space[size++] = lowercase ? lower(c) : c;
    } else {
      each_word(text, least, [&](std::string_view word) {
        if (size > 0) space[size++] = ' ';
        for (const char c : word) space[size++] = lowercase ? lower(c) : c;
      });
    }
    const std::string_view all(space, size);
    const auto next = [&](std::size_t at) {  // the end of the unit that starts at `at`
      if (chars) return at + character_size(all, at);
      const std::size_t blank = all.find(' ', at);
      return blank == std::string_view::npos ? all.size() : blank;
    };
    const std::size_t gap = chars ? 0 : 1;
    for (std::size_t at = 0; at < size; at = next(at) + gap) {
      std::size_t end = at;
      for (std::size_t n = 1; n <= high && (n == 1 || end < size); ++n) {
        if (n > 1) end += gap;
        if (end >= size) break;
        end = next(end);
        if (n >= low) f(all.substr(at, end - at));
      }
    }
  }

 private:
  template <class F>
  void each_of_list(std::string_view items, char* space, F&& f) const {
    while (!items.empty()) {
      // Missing items are none: the ones beside them are neighbours.
      TokenSpace digits;
      std::size_t n = 0;
      std::size_t size = 0;
      std::string_view next;
      for (std::string_view rest = items; !rest.empty() && n < high;) {
        const RowCell item = take_item(rest);
        if (n == 0) next = rest;
        if (item.form == RowCell::Form::missing) {
          if (n == 0) break;
          continue;
        }
        if (n > 0) space[size++] = glue;
        const std::string_view token = token_of(item, digits, column);
        size += token.copy(space + size, token.size());
        if (++n >= low) f(std::string_view(space, size));
      }
      items = next;
    }
  }
};

}  // namespace zeroskew::steps
