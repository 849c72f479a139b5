// Philox against the known answers that its authors publish with Random123 (kat_vectors).
#include "zeroskew/random/philox.hpp"

#include "support/catch.hpp"

using zeroskew::philox;
using zeroskew::PhiloxBlock;
using zeroskew::PhiloxCounter;
using zeroskew::PhiloxKey;

TEST_CASE("philox gives the published answers", "[philox]") {
  CHECK(philox(PhiloxCounter{0, 0, 0, 0}, PhiloxKey{0, 0}) ==
        PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox(PhiloxCounter{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
               PhiloxKey{0xffffffff, 0xffffffff}) ==
        PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox(PhiloxCounter{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
               PhiloxKey{0xa4093822, 0x299f31d0}) ==
        PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("philox on words of 64 bits is the same function", "[philox]") {
  CHECK(philox(PhiloxBlock{0x85a308d3243f6a88u, 0x0370734413198a2eu}, 0x299f31d0a4093822u) ==
        PhiloxBlock{0x94fdccebd16cfe09u, 0x24126ea15001e420u});
}
