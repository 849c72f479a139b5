// The second translation unit: what a header defines without `inline` is defined twice here, and
// the program does not link.
#include <string>

#include "zeroskew/zeroskew.hpp"

std::string other_version();

std::string other_version() { return std::string(zeroskew::version); }
