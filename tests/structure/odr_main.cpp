// Names that system headers define as macros: none of ours may depend on them. (`min` and `max` are
// not among them: they are members of our classes, as of the standard's; Windows has NOMINMAX.)
#include "structure/standard_headers.hpp"

#define small char
#define interface struct
#define major(device) device
#define minor(device) device
#define I _Complex_I
#define linux 1
#define unix 1

#include "zeroskew/zeroskew.hpp"

std::string other_version();

int main() { return zeroskew::version == other_version() ? 0 : 1; }
