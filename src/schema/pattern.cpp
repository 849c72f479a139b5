// Thompson's construction and its subset automaton, made as texts ask for it (K. Thompson, "Regular
// expression search algorithm", CACM 1968). Bytes are what it reads: a range of code points is a
// few sequences of byte ranges.
#include "zeroskew/schema/pattern.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "schema/pattern_reader.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

using detail::patterns::kLastPoint;
using detail::patterns::Part;
using detail::patterns::Range;
using detail::patterns::Ranges;

constexpr std::size_t kMostStates = 20'000;
constexpr std::size_t kMostParts = 100'000;
constexpr std::size_t kMostKnown = 1'000;  // subset states that a matcher remembers

}  // namespace

// A state reads a byte in [low, high] and goes on, or goes on to two others without reading.
struct Pattern::Program {
  struct State {
    std::uint8_t low = 1;
    std::uint8_t high = 0;  // below low: a fork
    std::int32_t next = -1;
    std::int32_t other = -1;
  };
  std::vector<State> states;
  std::int32_t start = 0;
  std::int32_t end = 0;                     // matched when it is reached at the end of the text
  std::array<std::uint8_t, 256> kind = {};  // bytes that no state tells apart are of one kind
  std::size_t kinds = 1;
};

namespace {

class Builder {
 public:
  explicit Builder(Pattern::Program& program) : program_(program) {}

  void build(const Part& part) {
    program_.end = add({1, 0, -1, -1});
    program_.start = state_of(part, program_.end);
    std::array<bool, 257> begins = {};
    for (const Pattern::Program::State& state : program_.states) {
      if (state.low > state.high) continue;
      begins[state.low] = true;
      begins[std::size_t{state.high} + 1] = true;
    }
    std::size_t kind = 0;
    for (std::size_t byte = 0; byte < 256; ++byte) {
      if (byte > 0 && begins[byte]) ++kind;
      program_.kind[byte] = static_cast<std::uint8_t>(kind);
    }
    program_.kinds = kind + 1;
  }

 private:
  std::int32_t add(Pattern::Program::State state) {
    if (program_.states.size() >= kMostStates) too_large();
    program_.states.push_back(state);
    return static_cast<std::int32_t>(program_.states.size() - 1);
  }
  [[noreturn]] static void too_large() {
    fail_value("schema.pattern", "", "the pattern is too large: repeat less of it");
  }
  std::int32_t fork(std::int32_t a, std::int32_t b) { return add({1, 0, a, b}); }

  // The state from which a part leads to `next`.
  std::int32_t state_of(const Part& part, std::int32_t next) {
    // Repetitions of nothing make no states, but they take time.
    if (++parts_ > kMostParts) too_large();
    switch (part.kind) {
      case Part::Kind::points:
        return state_of(part.points, next);
      case Part::Kind::sequence:
        for (auto at = part.parts.rbegin(); at != part.parts.rend(); ++at) {
          next = state_of(*at, next);
        }
        return next;
      case Part::Kind::choice: {
        std::int32_t state = state_of(part.parts.back(), next);
        for (auto at = part.parts.rbegin() + 1; at != part.parts.rend(); ++at) {
          state = fork(state_of(*at, next), state);
        }
        return state;
      }
      case Part::Kind::repeat:
        break;
    }
    const Part& inner = part.parts.front();
    if (part.most < 0) {
      const std::int32_t loop = fork(-1, next);
      const std::int32_t body = state_of(inner, loop);
      program_.states[static_cast<std::size_t>(loop)].next = body;
      next = loop;
    } else {
      const std::int32_t after = next;
      for (int i = part.least; i < part.most; ++i) next = fork(state_of(inner, next), after);
    }
    for (int i = 0; i < part.least; ++i) next = state_of(inner, next);
    return next;
  }

  // Any of some code points.
  std::int32_t state_of(const Ranges& ranges, std::int32_t next) {
    std::int32_t state = -1;
    for (const Range& range : ranges) {
      // Surrogates are no characters; the ends of the encoded lengths cut ranges.
      static constexpr std::array<Range, 5> kLengths = {Range{0, 0x7f}, Range{0x80, 0x7ff},
                                                        Range{0x800, 0xd7ff}, Range{0xe000, 0xffff},
                                                        Range{0x10000, kLastPoint}};
      for (const Range& length : kLengths) {
        const std::uint32_t low = std::max(range.first, length.first);
        const std::uint32_t high = std::min(range.second, length.second);
        if (low <= high) add_points(low, high, next, state);
      }
    }
    return state >= 0 ? state : add({1, 0, -1, -1});  // nothing: a dead end
  }

  static std::size_t encode(std::uint32_t point, std::array<std::uint8_t, 4>& bytes) {
    const std::size_t count = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (std::size_t i = count; i-- > 1; point >>= 6U) {
      bytes[i] = static_cast<std::uint8_t>(0x80U | (point & 0x3fU));
    }
    static constexpr std::array<std::uint32_t, 5> kLeads = {0, 0, 0xc0, 0xe0, 0xf0};
    bytes[0] = static_cast<std::uint8_t>(kLeads[count] | point);
    return count;
  }

  // Code points of one encoded length: cut until the trailing bytes are all free or all fixed.
  void add_points(std::uint32_t low, std::uint32_t high, std::int32_t next, std::int32_t& state) {
    for (const std::uint32_t bits : {6U, 12U, 18U}) {
      const std::uint32_t mask = (1U << bits) - 1;
      if (low < 0x80 || (low & ~mask) == (high & ~mask)) continue;
      if ((low & mask) != 0) {
        add_points(low, low | mask, next, state);
        return add_points((low | mask) + 1, high, next, state);
      }
      if ((high & mask) != mask) {
        add_points(low, (high & ~mask) - 1, next, state);
        return add_points(high & ~mask, high, next, state);
      }
    }
    std::array<std::uint8_t, 4> first = {};
    std::array<std::uint8_t, 4> last = {};
    const std::size_t count = encode(low, first);
    (void)encode(high, last);
    std::int32_t head = next;
    for (std::size_t i = count; i-- > 0;) head = add({first[i], last[i], head, -1});
    state = state < 0 ? head : fork(head, state);
  }

  Pattern::Program& program_;
  std::size_t parts_ = 0;
};

}  // namespace

struct Pattern::Matcher::States {
  using Set = std::vector<std::int32_t>;  // states that read, and the end; sorted
  static constexpr std::int32_t kUnknown = -1;

  explicit States(std::shared_ptr<const Program> wanted)
      : program(std::move(wanted)), seen(program->states.size()) {
    restart();
  }

  void restart() {
    sets.clear();
    next.clear();
    numbers.clear();
    std::vector<std::int32_t> heads = {program->start};
    first = number_of(closure(heads));
  }

  // All that is reached from some states without reading.
  Set closure(std::vector<std::int32_t>& open) {
    Set reached;
    ++round;
    while (!open.empty()) {
      const std::int32_t number = open.back();
      open.pop_back();
      if (number < 0 || seen[static_cast<std::size_t>(number)] == round) continue;
      seen[static_cast<std::size_t>(number)] = round;
      const Program::State& state = program->states[static_cast<std::size_t>(number)];
      if (state.low <= state.high || number == program->end) {
        reached.push_back(number);
      } else {
        open.push_back(state.next);
        open.push_back(state.other);
      }
    }
    std::sort(reached.begin(), reached.end());
    return reached;
  }

  std::int32_t number_of(Set set) {
    const auto [at, fresh] =
        numbers.emplace(std::move(set), static_cast<std::int32_t>(sets.size()));
    if (fresh) {
      sets.push_back(&at->first);
      next.insert(next.end(), program->kinds, kUnknown);
    }
    return at->second;
  }

  std::int32_t step(std::int32_t from, std::uint8_t byte) {
    std::vector<std::int32_t> heads;
    for (const std::int32_t number : *sets[static_cast<std::size_t>(from)]) {
      const Program::State& state = program->states[static_cast<std::size_t>(number)];
      if (state.low <= byte && byte <= state.high) heads.push_back(state.next);
    }
    Set set = closure(heads);
    // What is remembered is bounded; a text that needs more starts the memory again.
    if (sets.size() >= kMostKnown) {
      restart();
      return number_of(std::move(set));
    }
    const std::int32_t to = number_of(std::move(set));
    next[static_cast<std::size_t>(from) * program->kinds + program->kind[byte]] = to;
    return to;
  }

  bool matches(std::string_view text) {
    std::int32_t state = first;
    for (const char c : text) {
      const auto byte = static_cast<std::uint8_t>(c);
      const std::int32_t known =
          next[static_cast<std::size_t>(state) * program->kinds + program->kind[byte]];
      state = known != kUnknown ? known : step(state, byte);
    }
    const Set& set = *sets[static_cast<std::size_t>(state)];
    return std::binary_search(set.begin(), set.end(), program->end);
  }

  std::shared_ptr<const Program> program;
  std::map<Set, std::int32_t> numbers;
  std::vector<const Set*> sets;
  std::vector<std::int32_t> next;  // by state and kind of byte
  std::vector<std::uint64_t> seen;
  std::uint64_t round = 0;
  std::int32_t first = 0;
};

Pattern::Pattern(std::string_view text) : text_(text) {
  const Part part = detail::patterns::Reader(text).all();
  auto program = std::make_shared<Program>();
  Builder(*program).build(part);
  program_ = std::move(program);
}

bool Pattern::matches(std::string_view text) const {
  return Matcher(*this).matches(text);
}

Pattern::Matcher::Matcher(const Pattern& pattern)
    : states_(std::make_unique<States>(pattern.program_)) {}
Pattern::Matcher::~Matcher() = default;
Pattern::Matcher::Matcher(Matcher&&) noexcept = default;
Pattern::Matcher& Pattern::Matcher::operator=(Matcher&&) noexcept = default;

bool Pattern::Matcher::matches(std::string_view text) {
  return states_->matches(text);
}

}  // namespace zeroskew
