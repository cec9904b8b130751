// The worker asks for a faster hash map of its own; the standard one keeps the same promises to its callers.
#ifndef TWINLIGHT_UNORDERED_DENSE_H
#define TWINLIGHT_UNORDERED_DENSE_H

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl
{
	namespace unordered_dense
	{
		template<typename T>
		using hash = std::hash<T>;

		template<typename Key, typename Value, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
		using map = std::unordered_map<Key, Value, Hash, Equal>;

		template<typename Key, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
		using set = std::unordered_set<Key, Hash, Equal>;
	} // namespace unordered_dense
} // namespace ankerl

#endif
