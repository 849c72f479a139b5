#include "transform/steps/inverse.hpp"

namespace zeroskew::steps {
namespace {

class CategoryAt final : public Operation {
 public:
  CategoryAt(std::vector<std::string> texts, std::vector<std::int64_t> integers)
      : texts_(std::move(texts)), integers_(std::move(integers)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t size = std::max(texts_.size(), integers_.size());
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const auto position = static_cast<std::uint64_t>(block.integers(in[0])[i]);
      const bool known = block.valid(in[0])[i] != 0 && position < size;
      if (out[0].storage == Storage::text) {
        block.texts(out[0])[i] = known ? std::string_view(texts_[position]) : std::string_view();
      } else {
        block.integers(out[0])[i] = known ? integers_[position] : 0;
      }
      block.valid(out[0])[i] = known;
    }
  }

 private:
  std::vector<std::string> texts_;
  std::vector<std::int64_t> integers_;
};

}  // namespace

Prepared category_inverse(std::span<const Field> inputs, const Settings& learned) {
  std::vector<std::string> texts;
  std::vector<std::int64_t> integers;
  if (is_set(learned, "texts")) texts = std::get<std::vector<std::string>>(learned.at("texts"));
  if (is_set(learned, "integers")) {
    integers = std::get<std::vector<std::int64_t>>(learned.at("integers"));
  }
  Prepared prepared;
  prepared.outputs = {{inputs[0].name, inputs[0].type, {}}};
  prepared.operation = std::make_shared<const CategoryAt>(std::move(texts), std::move(integers));
  return prepared;
}

}  // namespace zeroskew::steps
