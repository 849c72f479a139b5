#pragma once
/// Regular expressions whose cost is linear in the text, whatever the pattern and the text are.

#include <memory>
#include <string>
#include <string_view>

namespace zeroskew {

/// A pattern that all of a text must match: `[A-Z]{2}\d{4}(-[0-9a-f]+)?`.
///
/// Characters are code points of UTF-8; text that is not UTF-8 matches only where bytes are not
/// looked at, which is nowhere. There are: `.` (anything but a newline), `[a-z]`, `[^...]`, `\d \w
/// \s` and their capitals (ASCII), `\t \n \r \f \v \xHH \x{H...}`, a backslash before punctuation,
/// `(...)`, `(?:...)`, `|`, `* + ? {m} {m,} {m,n}` (a `?` after them changes nothing, for it is
/// only asked whether a text matches), `^` at the beginning and `$` at the end (both mean nothing
/// more), and `(?i)` in front (ASCII letters in either case). There are no back references and no
/// lookaround: no automaton matches them in linear time.
class Pattern {
 public:
  /// @throws Error schema.pattern, pointing at the character; also where the automaton would have
  /// more than 20,000 states
  explicit Pattern(std::string_view text);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  /// Does all of it match? Safe from many threads; a `Matcher` is faster for many texts.
  [[nodiscard]] bool matches(std::string_view text) const;

  struct Program;

  /// One thread's view of a pattern, which remembers what it has worked out.
  class Matcher {
   public:
    explicit Matcher(const Pattern& pattern);
    ~Matcher();
    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;
    [[nodiscard]] bool matches(std::string_view text);

   private:
    struct States;
    std::unique_ptr<States> states_;
  };

  [[nodiscard]] bool operator==(const Pattern& other) const noexcept {
    return text_ == other.text_;
  }

 private:
  std::string text_;
  std::shared_ptr<const Program> program_;
};

}  // namespace zeroskew
