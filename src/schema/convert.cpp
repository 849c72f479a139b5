#include "schema/convert.hpp"

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "schema/bind.hpp"
#include "schema/extension_any.hpp"

namespace zeroskew::detail {
namespace {

class TreeWriter {
 public:
  template <class T>
  void operator()(int number, const std::optional<T>& member) {
    if (member) add(number, *member);
  }
  template <class T>
  void operator()(int number, const std::vector<T>& members) {
    for (const T& member : members) add(number, member);
  }
  template <class T>
  void implicit(int number, const T& member) {
    if (member != T{}) add(number, member);
  }
  template <class... T, class... Number>
  void one_of(const std::variant<std::monostate, T...>& member, Number... numbers) {
    static_assert(sizeof...(T) == sizeof...(Number));
    const int all[] = {0, numbers...};
    const int number = all[member.index()];
    std::visit([&](const auto& alternative) { add(number, alternative); }, member);
  }
  void extension(int number, const Extension& extension) {
    if (!extension.is_null()) add(number, any_of_extension(extension));
  }
  void rest(const FieldTree& carried) {
    for (const FieldEntry& entry : carried.entries) tree.at(entry.number) = entry;
  }

  FieldTree tree;

 private:
  template <class T>
  void add(int number, const T& member) {
    if constexpr (!std::is_same_v<T, std::monostate>) {
      tree.at(number).values.push_back(encode(member));
    }
  }

  template <class T>
  static FieldValue encode(const T& member) {
    if constexpr (std::is_enum_v<T>) {
      return static_cast<std::int64_t>(member);
    } else if constexpr (std::is_same_v<T, float>) {
      return static_cast<double>(member);
    } else if constexpr (std::is_same_v<T, DomainReference>) {
      return member.name;
    } else if constexpr (std::is_constructible_v<FieldValue, std::in_place_type_t<T>, T>) {
      return FieldValue(std::in_place_type<T>, member);
    } else {
      TreeWriter writer;
      bind(writer, member);
      return std::move(writer.tree);
    }
  }
};

// Takes the fields out of its tree; what stays is the rest.
class TreeReader {
 public:
  explicit TreeReader(FieldTree tree) : tree_(std::move(tree)) {}

  template <class T>
  void operator()(int number, std::optional<T>& member) {
    for (FieldValue& value : take(number)) member = decode<T>(std::move(value));
  }
  template <class T>
  void operator()(int number, std::vector<T>& members) {
    for (FieldValue& value : take(number)) members.push_back(decode<T>(std::move(value)));
  }
  template <class T>
  void implicit(int number, T& member) {
    for (FieldValue& value : take(number)) member = decode<T>(std::move(value));
  }
  template <class... T, class... Number>
  void one_of(std::variant<std::monostate, T...>& member, Number... numbers) {
    static_assert(sizeof...(T) == sizeof...(Number));
    const auto read = [&]<class U>(int number, std::type_identity<U>) {
      for (FieldValue& value : take(number)) {
        member.template emplace<U>(decode<U>(std::move(value)));
      }
    };
    (read(numbers, std::type_identity<T>{}), ...);
  }
  void extension(int, Extension& extension) { extension = std::move(extension_); }
  void operator()(int number, std::vector<FieldTree>& any) {
    for (FieldValue& value : take(number)) any.push_back(std::get<FieldTree>(std::move(value)));
    extension_ = take_extension(any);
  }
  void rest(FieldTree& carried) { carried = std::move(tree_); }

 private:
  std::vector<FieldValue> take(int number) {
    std::vector<FieldValue> values;
    if (FieldEntry* entry = tree_.find(number)) {
      values = std::move(entry->values);
      tree_.erase(number);
    }
    return values;
  }

  template <class T>
  static T decode(FieldValue value) {
    if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(std::get<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, float>) {
      return static_cast<float>(std::get<double>(value));
    } else if constexpr (std::is_same_v<T, DomainReference>) {
      return DomainReference{std::get<std::string>(std::move(value))};
    } else if constexpr (std::is_constructible_v<FieldValue, std::in_place_type_t<T>, T>) {
      return std::get<T>(std::move(value));
    } else {
      TreeReader reader(std::get<FieldTree>(std::move(value)));
      T member;
      bind(reader, member);
      return member;
    }
  }

  FieldTree tree_;
  Extension extension_;
};

template <class T>
FieldTree written(const T& member) {
  TreeWriter writer;
  bind(writer, member);
  return std::move(writer.tree);
}

template <class T>
void read(FieldTree tree, T& member) {
  TreeReader reader(std::move(tree));
  member = T();
  bind(reader, member);
}

}  // namespace

FieldTree to_tree(const Schema& schema) {
  return written(schema);
}
FieldTree to_tree(const Feature& feature) {
  return written(feature);
}
FieldTree to_tree(const StringDomain& domain) {
  return written(domain);
}
FieldTree to_tree(const DatasetConstraints& constraints) {
  return written(constraints);
}
FieldTree to_tree(const SparseFeature& feature) {
  return written(feature);
}
FieldTree to_tree(const WeightedFeature& feature) {
  return written(feature);
}
FieldTree to_tree(const Path& path) {
  return written(path);
}

Schema schema_from_tree(FieldTree tree) {
  Schema schema;
  read(std::move(tree), schema);
  return schema;
}
void from_tree(FieldTree tree, Feature& feature) {
  read(std::move(tree), feature);
}
void from_tree(FieldTree tree, StringDomain& domain) {
  read(std::move(tree), domain);
}
void from_tree(FieldTree tree, DatasetConstraints& constraints) {
  read(std::move(tree), constraints);
}
void from_tree(FieldTree tree, SparseFeature& feature) {
  read(std::move(tree), feature);
}
void from_tree(FieldTree tree, WeightedFeature& feature) {
  read(std::move(tree), feature);
}
void from_tree(FieldTree tree, Path& path) {
  read(std::move(tree), path);
}

}  // namespace zeroskew::detail
