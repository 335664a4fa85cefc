// SPDX-License-Identifier: MIT
#pragma once
// What panels keep from frame to frame and nobody saves: one object of a type, which only those who
// include its definition know. It is made when it is first asked for.

#include <map>
#include <memory>
#include <typeindex>

namespace phaseloom {

class Kept {
 public:
  template <class T>
  T& of() {
    std::shared_ptr<void>& place = things_[typeid(T)];
    if (!place) place = std::make_shared<T>();
    return *static_cast<T*>(place.get());
  }
  /// Some of it belongs to the drawing context, and has to go before that.
  void clear() { things_.clear(); }

 private:
  std::map<std::type_index, std::shared_ptr<void>> things_;
};

}  // namespace phaseloom
