#include <cstring>
#include <map>

#include "detail/parallel.hpp"
#include "transform/gate.hpp"
#include "transform/image/operation.hpp"
#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/nearest.hpp"

namespace zeroskew {
namespace {

std::vector<ImageStepInfo> make_registry() {
  using namespace image;
  std::vector<ImageStepInfo> all;
  for (ImageStepInfo (*make)() :
       {flip_horizontal, flip_vertical, rotate, affine, crop, resize, elastic, brightness, contrast,
        gamma, blur_step, noise, cutout, fog, rain, snow}) {
    all.push_back(make());
    if (all.back().name == "crop" || all.back().name == "resize") continue;
    all.back().parameters.push_back({.name = "p",
                                     .doc = "share of the images on which the step acts",
                                     .fallback = 1.0,
                                     .lo = 0.0,
                                     .hi = 1.0});
  }
  return all;
}

const ImageStepInfo& info_of(std::string_view name) {
  std::vector<std::string> names;
  for (const ImageStepInfo& info : image_step_registry()) {
    if (info.name == name) return info;
    names.push_back(info.name);
  }
  fail_key("transform.unknown_step", std::string(name),
           "there is no such step on images" + detail::suggestion(name, names));
}

}  // namespace

const std::vector<ImageStepInfo>& image_step_registry() {
  static const std::vector<ImageStepInfo> registry = make_registry();
  return registry;
}

ImageStep::ImageStep(std::string_view name, const Settings& settings) : info_(&info_of(name)) {
  std::vector<std::string> known;
  for (const Parameter& parameter : info_->parameters) known.push_back(parameter.name);
  for (const auto& [given, setting] : settings) {
    if (std::find(known.begin(), known.end(), given) == known.end()) {
      fail_key("transform.unknown_parameter", info_->name,
               "has no parameter '" + given + "'" + detail::suggestion(given, known));
    }
  }
  for (const Parameter& parameter : info_->parameters) {
    const auto given = settings.find(parameter.name);
    const bool absent =
        given == settings.end() || std::holds_alternative<std::monostate>(given->second);
    settings_[parameter.name] =
        checked(parameter, absent ? parameter.fallback : given->second, info_->name);
  }
}

ImagePipeline::ImagePipeline(std::vector<ImageStep> steps, std::uint64_t seed,
                             std::vector<std::vector<Membership>> within)
    : steps_(std::move(steps)), choices_(steps_.size()), seed_(seed) {
  std::map<std::string, std::uint64_t> seen;
  for (const ImageStep& step : steps_) {
    operations_.push_back(step.info().prepare(step.settings()));
    // Named by the step and how many such came before, as the steps on tables are.
    const std::string& name = step.info().name;
    streams_.push_back(detail::mix(detail::hash_bytes("image " + name) + seen[name]++));
  }
  // A composition is named by the steps in it, as on tables.
  std::map<std::uint32_t, std::uint64_t> groups;
  for (std::size_t i = 0; i < within.size() && i < steps_.size(); ++i) {
    for (std::size_t depth = 0; depth < within[i].size(); ++depth) {
      const Membership& membership = within[i][depth];
      check_composition(membership.kind, membership.options, membership.members);
      if (!membership.options.when.empty()) {
        fail_value("transform.composition", "when", "images have no columns for a formula");
      }
      const bool by_chance =
          membership.kind != CompositionKind::sequence || membership.options.p < 1.0;
      if (by_chance && !steps_[i].settings().contains("p")) {
        fail_value("transform.composition", steps_[i].info().name,
                   "changes the image's size, so that it cannot depend on chance");
      }
      std::uint64_t& stream = groups[membership.group];
      stream = detail::mix(stream ^ detail::mix(streams_[i] + depth + 1));
    }
  }
  for (std::size_t i = 0; i < within.size() && i < steps_.size(); ++i) {
    for (const Membership& each : within[i]) {
      choices_[i].push_back({each, groups.at(each.group), cumulative_of(each)});
    }
  }
}

bool ImagePipeline::acts(std::size_t step, std::uint64_t key, std::uint64_t epoch) const {
  for (const Choice& choice : choices_[step]) {
    const Stream stream({seed_, epoch, choice.stream, key, 1});
    if (!is_chosen(choice.membership, choice.cumulative, stream)) return false;
  }
  const Settings& settings = steps_[step].settings();
  const Stream gate({seed_, epoch, streams_[step], key, 1});
  return !settings.contains("p") || gate.bernoulli(0, number_of(settings, "p"));
}

ImageShape ImagePipeline::output(const ImageShape& input) const {
  ImageShape shape = input;
  if (shape.values() == 0) fail_value("transform.image", "shape", "the image has no pixel");
  for (const auto& operation : operations_) shape = operation->after(shape);
  return shape;
}

void ImagePipeline::apply(const ImageShape& shape, const void* in, void* out,
                          std::span<const std::uint64_t> keys, std::uint64_t epoch,
                          std::span<ImageNotes> notes, unsigned threads) const {
  const std::size_t step = output(shape).bytes();
  detail::in_parallel(keys.size(), threads, [&](std::size_t i) {
    apply(shape, static_cast<const std::byte*>(in) + i * shape.bytes(),
          static_cast<std::byte*>(out) + i * step, keys[i], epoch,
          notes.empty() ? nullptr : &notes[i]);
  });
}

void ImagePipeline::apply(const ImageShape& shape, const void* in, void* out, std::uint64_t key,
                          std::uint64_t epoch, ImageNotes* notes) const {
  const ImageShape last = output(shape);
  if (notes != nullptr && !notes->mask.empty() &&
      notes->mask.size() != shape.height * shape.width) {
    fail_value("transform.image", "mask", "the mask is not of the image's size");
  }
  // Two buffers take turns; the last step that acts writes where the image goes.
  std::vector<std::size_t> acting;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (acts(i, key, epoch)) acting.push_back(i);
  }
  std::vector<std::byte> buffers[2];
  std::vector<float> scratch;
  const void* now = in;
  ImageShape at = shape;
  for (std::size_t k = 0; k < acting.size(); ++k) {
    const ImageOperation& operation = *operations_[acting[k]];
    ImageWork work;
    work.from = at;
    work.to = operation.after(at);
    work.in = now;
    if (k + 1 == acting.size()) {
      work.out = out;
    } else {
      buffers[k % 2].resize(work.to.bytes());
      work.out = buffers[k % 2].data();
    }
    work.draws = Stream({seed_, epoch, streams_[acting[k]], key, 0});
    work.notes = notes;
    work.scratch = &scratch;
    operation.apply(work);
    now = work.out;
    at = work.to;
  }
  if (acting.empty()) std::memcpy(out, in, last.bytes());
}

std::vector<std::pair<bool, ImageDraws>> ImagePipeline::replay(const ImageShape& shape,
                                                               std::uint64_t key,
                                                               std::uint64_t epoch) const {
  std::vector<std::pair<bool, ImageDraws>> result;
  ImageShape at = shape;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    auto& [acted, draws] = result.emplace_back();
    acted = acts(i, key, epoch);
    if (acted) operations_[i]->drawn(at, Stream({seed_, epoch, streams_[i], key, 0}), draws);
    at = operations_[i]->after(at);
  }
  return result;
}

}  // namespace zeroskew
