#include <algorithm>
#include <vector>

#include "support/catch.hpp"
#include "zeroskew/kernel/image.hpp"
#include "zeroskew/kernel/level.hpp"

using namespace zeroskew;

namespace {

constexpr std::size_t rows = 3;
constexpr std::uint8_t untouched = 0xee;

std::vector<std::uint8_t> picture(std::size_t bytes) {
  std::vector<std::uint8_t> made(bytes);
  for (std::size_t i = 0; i < bytes; ++i) made[i] = static_cast<std::uint8_t>(7 * i + i / 256 + 1);
  return made;
}

// What `move` makes in room for `bytes`, `place` bytes behind a boundary, with nothing written
// around it.
template <class F>
std::vector<std::uint8_t> around(std::size_t bytes, std::size_t place, F&& move) {
  std::vector<std::uint8_t> room(bytes + place + 70, untouched);
  move(room.data() + place);
  const auto first = room.begin() + static_cast<std::ptrdiff_t>(place);
  const auto last = first + static_cast<std::ptrdiff_t>(bytes);
  const auto is_untouched = [](std::uint8_t byte) { return byte == untouched; };
  if (!std::all_of(room.begin(), first, is_untouched) ||
      !std::all_of(last, room.end(), is_untouched)) {
    return {};
  }
  return {first, last};
}

}  // namespace

TEST_CASE("rows are mirrored and copied pixel by pixel at every level") {
  for (const std::string_view level : kernel::levels()) {
    kernel::use_level(level);
    std::size_t wrong = 0;
    for (const std::size_t size : {1u, 2u, 3u, 4u, 5u, 6u, 8u, 12u, 16u, 20u, 28u}) {
      for (std::size_t width = 1; width <= 140; width += width < 70 ? 1 : 7) {
        const std::size_t row = width * size;
        const std::vector<std::uint8_t> in = picture(rows * row);
        std::vector<std::uint8_t> mirrored, turned, cut;
        for (std::size_t j = 0; j < rows; ++j) {
          const auto at = [&](std::size_t k) {
            return in.begin() + static_cast<std::ptrdiff_t>(k * size);
          };
          for (std::size_t i = width; i-- > 0;) {
            mirrored.insert(mirrored.end(), at(j * width + i), at(j * width + i + 1));
          }
          turned.insert(turned.end(), at((rows - 1 - j) * width), at((rows - j) * width));
          cut.insert(cut.end(), at(j * width + width / 3), at((j + 1) * width));
        }
        for (const std::size_t place : {0u, 1u, 4u, 16u, 37u}) {
          wrong += around(in.size(), place, [&](std::uint8_t* out) {
                     kernel::mirror_rows(in.data(), rows, width, size, out);
                   }) != mirrored;
          wrong += around(in.size(), place, [&](std::uint8_t* out) {
                     kernel::copy_rows(in.data() + (rows - 1) * row,
                                       -static_cast<std::ptrdiff_t>(row), rows, row, out);
                   }) != turned;
          wrong +=
              around(cut.size(), place, [&](std::uint8_t* out) {
                kernel::copy_rows(in.data() + width / 3 * size, static_cast<std::ptrdiff_t>(row),
                                  rows, row - width / 3 * size, out);
              }) != cut;
        }
      }
    }
    INFO(level);
    CHECK(wrong == 0);
  }
  kernel::use_level(kernel::levels().back());
}
