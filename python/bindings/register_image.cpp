/// Pipelines over images that lie in arrays.

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <tuple>

#include "casters.hpp"
#include "register.hpp"
#include "settings.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/image.hpp"

namespace zeroskew::python {
namespace {

using Bytes = py::array_t<std::uint8_t, py::array::c_style | py::array::forcecast>;
using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Keys = py::array_t<std::uint64_t, py::array::c_style | py::array::forcecast>;

std::size_t size_of(py::ssize_t n) {
  return static_cast<std::size_t>(n);
}

// Notes of one image: (mask or None, boxes, points).
ImageNotes notes_from(const py::tuple& given) {
  ImageNotes notes;
  if (!given[0].is_none()) {
    const auto mask = given[0].cast<Bytes>();
    notes.mask.assign(mask.data(), mask.data() + mask.size());
  }
  const auto boxes = given[1].cast<Numbers>();
  const auto points = given[2].cast<Numbers>();
  for (py::ssize_t i = 0; i + 3 < boxes.size(); i += 4) {
    notes.boxes.push_back(
        {boxes.data()[i], boxes.data()[i + 1], boxes.data()[i + 2], boxes.data()[i + 3]});
  }
  for (py::ssize_t i = 0; i + 1 < points.size(); i += 2) {
    notes.points.push_back({points.data()[i], points.data()[i + 1]});
  }
  return notes;
}

py::tuple to_tuple(const ImageNotes& notes, const ImageShape& shape) {
  py::object mask = py::none();
  if (!notes.mask.empty()) {
    mask = Bytes({static_cast<py::ssize_t>(shape.height), static_cast<py::ssize_t>(shape.width)},
                 notes.mask.data());
  }
  const auto array = [](std::size_t rows, py::ssize_t columns, const double* data) {
    Numbers made({static_cast<py::ssize_t>(rows), columns});
    std::copy_n(data, rows * size_of(columns), made.mutable_data());
    return made;
  };
  const double none = 0.0;
  return py::make_tuple(
      mask, array(notes.boxes.size(), 4, notes.boxes.empty() ? &none : notes.boxes[0].data()),
      array(notes.points.size(), 2, notes.points.empty() ? &none : notes.points[0].data()));
}

ImageShape shape_of(const py::array& images) {
  return {size_of(images.shape(1)), size_of(images.shape(2)), size_of(images.shape(3)),
          images.itemsize() == 4};
}

// images: N x H x W x C, bytes or float32, contiguous; notes: one tuple an image, or empty.
py::tuple apply(const ImagePipeline& pipeline, const py::array& images, const Keys& keys,
                std::uint64_t epoch, const py::list& notes, unsigned threads) {
  const ImageShape shape = shape_of(images);
  const ImageShape made = pipeline.output(shape);
  const std::size_t count = size_of(images.shape(0));
  const std::vector<py::ssize_t> dimensions = {
      images.shape(0), static_cast<py::ssize_t>(made.height), static_cast<py::ssize_t>(made.width),
      static_cast<py::ssize_t>(made.channels)};
  py::array out(images.dtype(), dimensions);
  std::vector<ImageNotes> moved;
  for (const py::handle each : notes) moved.push_back(notes_from(each.cast<py::tuple>()));
  const void* from = images.data();
  void* to = out.mutable_data();
  {
    const py::gil_scoped_release release;
    pipeline.apply(shape, from, to, {keys.data(), count}, epoch, moved, threads);
  }
  py::list after;
  for (const ImageNotes& each : moved) after.append(to_tuple(each, made));
  return py::make_tuple(out, after);
}

// One list a step: (kind, group, member, members, p, weights or None, (least, most)), outermost
// first.
std::vector<std::vector<Membership>> within_from(const py::list& steps) {
  std::vector<std::vector<Membership>> within;
  for (const py::handle step : steps) {
    auto& each = within.emplace_back();
    for (const py::handle item : step) {
      const auto given = item.cast<py::tuple>();
      Membership m;
      const auto kind = given[0].cast<std::string>();
      m.kind = kind == "one_of"    ? CompositionKind::one_of
               : kind == "some_of" ? CompositionKind::some_of
                                   : CompositionKind::sequence;
      m.group = given[1].cast<std::uint32_t>();
      m.member = given[2].cast<std::uint32_t>();
      m.members = given[3].cast<std::uint32_t>();
      m.options.p = given[4].cast<double>();
      if (!given[5].is_none()) m.options.weights = given[5].cast<std::vector<double>>();
      std::tie(m.options.least, m.options.most) =
          given[6].cast<std::pair<std::uint32_t, std::uint32_t>>();
      each.push_back(std::move(m));
    }
  }
  return within;
}

py::list registry() {
  py::list result;
  for (const ImageStepInfo& info : image_step_registry()) {
    py::dict entry;
    entry["name"] = info.name;
    entry["doc"] = info.doc;
    entry["parameters"] = parameters_to_list(info.parameters);
    result.append(entry);
  }
  return result;
}

}  // namespace

void register_image(py::module_& module) {
  py::class_<ImageStep>(module, "ImageStep", "A step on images and every setting.")
      .def(py::init([](const py::str& name, const py::dict& settings) {
             return ImageStep(from_str(name), settings_from(settings));
           }),
           py::arg("name"), py::arg("settings"))
      .def_property_readonly("name", [](const ImageStep& step) { return step.info().name; })
      .def_property_readonly("settings",
                             [](const ImageStep& step) { return to_dict(step.settings()); })
      .def(
          "equals", [](const ImageStep& a, const ImageStep& b) { return a == b; },
          py::arg("other"));

  py::class_<ImagePipeline>(module, "ImagePipeline", "Steps on images and one seed.")
      .def(py::init([](std::vector<ImageStep> steps, std::uint64_t seed, const py::list& within) {
             return ImagePipeline(std::move(steps), seed, within_from(within));
           }),
           py::arg("steps"), py::arg("seed"), py::arg("within"))
      .def("apply", &apply, py::arg("images"), py::arg("keys"), py::arg("epoch"), py::arg("notes"),
           py::arg("threads"))
      .def(
          "replay",
          [](const ImagePipeline& pipeline, std::size_t height, std::size_t width,
             std::uint64_t key, std::uint64_t epoch) {
            return pipeline.replay({height, width, 1, false}, key, epoch);
          },
          py::arg("height"), py::arg("width"), py::arg("key"), py::arg("epoch"));
  module.def("image_registry", &registry);
}

}  // namespace zeroskew::python
