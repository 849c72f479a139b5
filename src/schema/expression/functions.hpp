#pragma once
// The functions of expressions.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "schema/expression/node.hpp"
#include "zeroskew/detail/nearest.hpp"

namespace zeroskew::detail {

struct Function {
  std::string_view name;
  Op op;
  std::size_t least;
  std::size_t most;
};

inline constexpr std::size_t kAny = 64;
inline constexpr std::array kFunctions = {
    Function{"abs", Op::absolute, 1, 1},       Function{"min", Op::least, 2, kAny},
    Function{"max", Op::most, 2, kAny},        Function{"floor", Op::floor, 1, 1},
    Function{"ceil", Op::ceil, 1, 1},          Function{"sqrt", Op::root, 1, 1},
    Function{"if", Op::choose, 3, 3},          Function{"coalesce", Op::first_present, 2, kAny},
    Function{"length", Op::length, 1, 1},      Function{"lower", Op::lower, 1, 1},
    Function{"upper", Op::upper, 1, 1},        Function{"trim", Op::trim, 1, 1},
    Function{"starts_with", Op::starts, 2, 2}, Function{"ends_with", Op::ends, 2, 2},
    Function{"contains", Op::contains, 2, 2},  Function{"days", Op::days, 1, 1},
    Function{"hours", Op::hours, 1, 1},        Function{"minutes", Op::minutes, 1, 1},
    Function{"seconds", Op::seconds, 1, 1},
};

// Null when there is no such function.
inline const Function* find_function(std::string_view name) {
  const auto at = std::find_if(kFunctions.begin(), kFunctions.end(),
                               [&](const Function& function) { return function.name == name; });
  return at == kFunctions.end() ? nullptr : &*at;
}

// "; did you mean 'abs'?"
inline std::string suggest_function(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Function& function : kFunctions) names.push_back(function.name);
  return suggestion(name, names);
}

}  // namespace zeroskew::detail
