#include "perception/EncoderTensors.h"

#include "perception/ConfigReader.h"
#include "support/Error.h"
#include "support/Files.h"

#include <set>
#include <utility>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

constexpr const char* singleName = "model.safetensors";
constexpr const char* indexName = "model.safetensors.index.json";
constexpr const char* pickleName = "pytorch_model.bin";
constexpr std::uint64_t maxIndexBytes = 16ULL << 20;
constexpr std::size_t maxTensors = 100'000;
constexpr std::size_t maxShards = 1'000;
constexpr std::size_t maxName = 255;

std::string tensorPlace(const std::string& name) {
    return "tensor \"" + name + "\"";
}

/// A file name without any folder.
bool isPlainName(const std::string& name) {
    return !name.empty() && name.size() <= maxName && name.front() != '.' &&
           name.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos &&
           name.ends_with(".safetensors");
}

/// Tensor name -> shard's file name.
using WeightMap = std::map<std::string, std::string>;

WeightMap readIndex(const fs::path& path) {
    const std::string file = path.string();
    const nlohmann::json json = readJsonObject(path, maxIndexBytes);
    const auto map = json.find("weight_map");
    if (map == json.end() || !map->is_object() || map->empty() || map->size() > maxTensors)
        throw Error(file, "weight_map",
                    "expected an object of 1 to " + std::to_string(maxTensors) +
                        " tensors, found " + (map == json.end() ? "none" : shown(*map)));
    WeightMap out;
    std::set<std::string> shards;
    for (const auto& item : map->items()) {
        if (!item.value().is_string() || !isPlainName(item.value().get<std::string>()))
            throw Error(file, tensorPlace(item.key()),
                        "expected the name of a .safetensors file in the same folder, found " +
                            shown(item.value()));
        shards.insert(out[item.key()] = item.value().get<std::string>());
    }
    if (shards.size() > maxShards)
        throw Error(file, "weight_map",
                    "expected at most " + std::to_string(maxShards) + " shards, found " +
                        std::to_string(shards.size()));
    return out;
}

/// @throws Error unless the index gives every tensor of the shard to it
void checkShard(const SafetensorsFile& shard, const WeightMap& map, const std::string& index) {
    const std::string file = shard.path().string();
    const std::string name = shard.path().filename().string();
    for (const TensorView& view : shard.tensors()) {
        const auto entry = map.find(view.name);
        if (entry == map.end())
            throw Error(file, tensorPlace(view.name), "expected in " + index + ", found nothing");
        if (entry->second != name)
            throw Error(file, tensorPlace(view.name),
                        "expected in \"" + entry->second + "\" by " + index + ", found here");
    }
}

std::vector<SafetensorsFile> openShards(const fs::path& folder, const WeightMap& map) {
    const std::string index = (folder / indexName).string();
    std::map<std::string, SafetensorsFile> shards;
    for (const auto& [tensor, name] : map) {
        if (shards.contains(name))
            continue;
        if (!fs::exists(folder / name))
            throw Error((folder / name).string(), {}, "missing: expected by " + index);
        shards.emplace(name, SafetensorsFile::open(folder / name));
    }
    for (const auto& [name, shard] : shards)
        checkShard(shard, map, index);
    for (const auto& [tensor, name] : map)
        (void)shards.at(name).at(tensor);
    std::vector<SafetensorsFile> out;
    for (auto& [name, shard] : shards)
        out.push_back(std::move(shard));
    return out;
}

} // namespace

EncoderTensors EncoderTensors::open(const fs::path& folder) {
    EncoderTensors out;
    if (fs::exists(folder / singleName)) {
        out.m_source = (folder / singleName).string();
        out.add(SafetensorsFile::open(folder / singleName));
        return out;
    }
    if (!fs::exists(folder / indexName))
        throw Error(folder.string(), {},
                    std::string("expected ") + singleName + " or " + indexName + ", found " +
                        (fs::exists(folder / pickleName)
                             ? std::string(pickleName) + ", a pickle, which is never read: " +
                                   "save the model as safetensors"
                             : "neither"));
    out.m_source = (folder / indexName).string();
    for (SafetensorsFile& shard : openShards(folder, readIndex(folder / indexName)))
        out.add(std::move(shard));
    return out;
}

void EncoderTensors::add(SafetensorsFile file) {
    for (const TensorView& view : file.tensors())
        m_all.push_back({view, file.path().string()});
    m_files.push_back(std::move(file));
}

double EncoderTensors::elementCount() const {
    double count = 0;
    for (const StoredTensor& tensor : m_all)
        count += static_cast<double>(tensor.view.bytes.size() / byteSize(tensor.view.type));
    return count;
}

std::string EncoderTensors::hash() const {
    std::string all;
    for (const SafetensorsFile& file : m_files)
        all += file.path().filename().string() + " " + sha256File(file.path()) + "\n";
    return sha256(all);
}

} // namespace hmgrl
