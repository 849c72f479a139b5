#pragma once
/// Coefficients of the normal quantile function, for numbers one by one and in lanes.

#include "zeroskew/detail/math_bits.hpp"

namespace zeroskew::detail::math::quantile_table {

inline constexpr double centre_top[] = {
    0x1.37fc2a497deaap+2,   -0x1.a4a3f95014de4p+7,  0x1.b8b173b239835p+11,
    -0x1.c6e24ee240bd4p+14, 0x1.e51aa30e2f9dcp+16,  -0x1.00b7067091101p+18,
    0x1.d7cae62564b16p+17,  -0x1.0beeb91ffe219p+16, 0x1.388a53043f069p+9};
inline constexpr double centre_bottom[] = {0x1p+0,
                                           -0x1.895a205b0e97ep+5,
                                           0x1.e3f76cb9d4957p+9,
                                           -0x1.31d947fbd1ce4p+13,
                                           0x1.a85f98fa9d61ep+15,
                                           -0x1.40f3611955fbap+17,
                                           0x1.ef8bb239b74f1p+17,
                                           -0x1.4fe8e054c4b0dp+17,
                                           0x1.156c4fe6f3c72p+15};
inline constexpr double tail_top[] = {
    -0x1.adb954c2ae753p-1,  -0x1.7de564534ec1ap+0,  -0x1.0d9886c285756p+0,
    -0x1.893b50f14b717p-2,  -0x1.3ecf7c27cf4fp-4,   -0x1.139599109f162p-7,
    -0x1.ade11a8829229p-12, -0x1.9fa3ea308e69dp-18, -0x1.37d2e90acfaecp-28};
inline constexpr double tail_bottom[] = {0x1p+0,
                                         0x1.10460e309e214p+1,
                                         0x1.da1fc6a83ea7dp+0,
                                         0x1.b8451afff438ep-1,
                                         0x1.da7abea849ccep-3,
                                         0x1.2a12389eb9fa4p-5,
                                         0x1.9482e404096fdp-9,
                                         0x1.ec573d270816dp-14,
                                         0x1.60cf55171d7bep-20};
inline constexpr double far_top[] = {
    -0x1.a7143ee025996p-2,  -0x1.2b17fc3422c7cp-2,  -0x1.58b5e68666f13p-4,  -0x1.a174d2b1878ebp-7,
    -0x1.1e02062963253p-10, -0x1.bec48efe426bbp-15, -0x1.7fd59e6e04729p-20, -0x1.4e2f4a1571928p-26,
    -0x1.f6f0a75688381p-34, -0x1.c8e49fdef2d8p-43,  -0x1.0898b9f8c4e8cp-56};
inline constexpr double far_bottom[] = {0x1p+0,
                                        0x1.af48f1d68457fp-1,
                                        0x1.2fd872cb7372ep-2,
                                        0x1.d0e11d9af2aa5p-5,
                                        0x1.a3e3ab85fb65ep-8,
                                        0x1.c90986c1b9a42p-12,
                                        0x1.269f3c7ef5095p-16,
                                        0x1.ab8541ab405ffp-22,
                                        0x1.3d6f46fd75685p-28,
                                        0x1.9470a38da5831p-36,
                                        0x1.27e974588c7eap-45};
inline constexpr Pair root_two{0x1.6a09e667f3bcdp+0, -0x1.bdd3413b26456p-54};
inline constexpr Pair root_two_pi{0x1.40d931ff62706p+1, -0x1.a6a0d6f814637p-53};

}  // namespace zeroskew::detail::math::quantile_table
