#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#else
namespace zeroskew_test_support {
// Catch2 3 brings its own main.
extern const int main_is_catch2s;
const int main_is_catch2s = 3;
}  // namespace zeroskew_test_support
#endif
