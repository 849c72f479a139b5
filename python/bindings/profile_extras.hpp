#pragma once
/// Bindings of weights, slices and pairs.

#include <pybind11/pybind11.h>

#include "zeroskew/stats/profile.hpp"

namespace zeroskew::python {

void register_profile_extras(pybind11::module_& module, pybind11::class_<Profile>& profile);

}  // namespace zeroskew::python
