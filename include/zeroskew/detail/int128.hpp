#pragma once
/// 128-bit integers.

namespace zeroskew::detail {

__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;

}  // namespace zeroskew::detail
