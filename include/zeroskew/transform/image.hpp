#pragma once
/// Pipelines over images: bytes or floats, rows of pixels with their channels side by side (HWC).
/// Masks, boxes and points move with the image. What is drawn depends on (seed, epoch, step, key)
/// only, and every instruction set gives the same bits.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeroskew/transform/composition.hpp"
#include "zeroskew/transform/setting.hpp"

namespace zeroskew {

struct ImageShape {
  std::size_t height = 0;
  std::size_t width = 0;
  std::size_t channels = 1;
  bool floating = false;  ///< float from 0 to 1, or bytes from 0 to 255

  [[nodiscard]] std::size_t values() const noexcept { return height * width * channels; }
  [[nodiscard]] std::size_t bytes() const noexcept { return values() * (floating ? 4 : 1); }
  [[nodiscard]] bool operator==(const ImageShape&) const = default;
};

/// What belongs to an image. Coordinates are those of pixel centres: (0, 0) is the first pixel's.
struct ImageNotes {
  std::vector<std::uint8_t> mask;            ///< a label for each pixel, or empty
  std::vector<std::array<double, 4>> boxes;  ///< left, top, right, bottom
  std::vector<std::array<double, 2>> points;

  [[nodiscard]] bool operator==(const ImageNotes&) const = default;
};

struct ImageStepInfo;

/// A registered step and its settings, checked when made.
class ImageStep {
 public:
  /// @throws Error transform.unknown_step, transform.unknown_parameter, transform.bad_parameter
  explicit ImageStep(std::string_view name, const Settings& settings = {});

  [[nodiscard]] const ImageStepInfo& info() const noexcept { return *info_; }
  [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
  [[nodiscard]] bool operator==(const ImageStep& other) const {
    return info_ == other.info_ && settings_ == other.settings_;
  }

 private:
  const ImageStepInfo* info_;
  Settings settings_;
};

class ImageOperation;

/// Name, documentation and parameters of a step on images.
struct ImageStepInfo {
  std::string name;
  std::string doc;
  std::vector<Parameter> parameters;
  std::shared_ptr<const ImageOperation> (*prepare)(const Settings& settings) = nullptr;
};
[[nodiscard]] const std::vector<ImageStepInfo>& image_step_registry();

class ImagePipeline {
 public:
  ImagePipeline() = default;
  /// `within[i]` are the compositions around step i, the outermost first; none: no compositions.
  /// Formulas (`when`) are for tables. @throws Error transform.composition, also for a step inside
  /// one_of or some_of that changes the image's size
  explicit ImagePipeline(std::vector<ImageStep> steps, std::uint64_t seed = 0,
                         std::vector<std::vector<Membership>> within = {});

  [[nodiscard]] const std::vector<ImageStep>& steps() const noexcept { return steps_; }
  [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }
  /// @throws Error transform.image for a shape that a step cannot work on
  [[nodiscard]] ImageShape output(const ImageShape& input) const;
  /// Writes `output(shape)` to `out`; may be called from many threads. `notes` may be null.
  /// @throws Error transform.image
  void apply(const ImageShape& shape, const void* in, void* out, std::uint64_t key,
             std::uint64_t epoch = 0, ImageNotes* notes = nullptr) const;
  /// An image for each key, one behind the other, on some threads (0: one a core). `notes` are one
  /// for each image, or none. @throws Error transform.image
  void apply(const ImageShape& shape, const void* in, void* out,
             std::span<const std::uint64_t> keys, std::uint64_t epoch, std::span<ImageNotes> notes,
             unsigned threads) const;
  /// Which steps act on an image, and what each draws by name.
  [[nodiscard]] std::vector<std::pair<bool, std::vector<std::pair<std::string, double>>>> replay(
      const ImageShape& shape, std::uint64_t key, std::uint64_t epoch = 0) const;

 private:
  // A composition that decides whether a step acts.
  struct Choice {
    Membership membership;
    std::uint64_t stream = 0;
    std::vector<double> cumulative;
  };
  [[nodiscard]] bool acts(std::size_t step, std::uint64_t key, std::uint64_t epoch) const;

  std::vector<ImageStep> steps_;
  std::vector<std::shared_ptr<const ImageOperation>> operations_;
  std::vector<std::uint64_t> streams_;
  std::vector<std::vector<Choice>> choices_;
  std::uint64_t seed_ = 0;
};

}  // namespace zeroskew
