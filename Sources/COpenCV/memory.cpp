// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <mutex>
#include <thread>

using namespace rcv;

namespace {

/// Keeps the large blocks that pictures leave, for the pictures that follow.
///
/// A picture of 12 megapixels and what `Canny` works in take some 90 MB. The system's allocator gives blocks of that size
/// back at once, on threads other than the first even those of a megabyte, so that each picture would pay for thousands
/// of pages that the kernel maps and clears anew. What is kept is bounded; the oldest goes first.
class Store {
public:
    static constexpr size_t least = 256 << 10, granule = 64 << 10, page = 4096;

    /// A block of at least `count` bytes; `capacity` says how many it has.
    void *take(size_t count, size_t &capacity) {
        size_t wanted = (count + granule - 1) / granule * granule;
        {
            std::lock_guard<std::mutex> lock(mutex);
            size_t place = latest(wanted);
            if (place < blocks.size()) {
                Block found = blocks[place];
                blocks.erase(blocks.begin() + ptrdiff_t(place));
                kept -= found.capacity;
                capacity = found.capacity;
                return found.memory;
            }
        }
        capacity = wanted;
        return cv::fastMalloc(wanted + page);
    }

    /// Where the elements of a block begin: at another place within a page for each block. If all began at the same, a
    /// row of one picture would fall on the processor's same few cache lines as that row of the others.
    static void *start(void *memory) {
        uint64_t mixed = uint64_t(reinterpret_cast<uintptr_t>(memory)) * 0x9E3779B97F4A7C15;
        return static_cast<char *>(memory) + (mixed >> 58) * (page / 64);
    }

    void give(void *memory, size_t capacity) {
        std::vector<Block> leaving;
        {
            std::lock_guard<std::mutex> lock(mutex);
            if (capacity > most) {
                leaving.push_back({memory, capacity, {}});
            } else {
                blocks.push_back({memory, capacity, std::this_thread::get_id()});
                kept += capacity;
                trim(leaving);
            }
        }
        for (Block &block : leaving) cv::fastFree(block.memory);
    }

    void limit(size_t bytes) {
        std::vector<Block> leaving;
        {
            std::lock_guard<std::mutex> lock(mutex);
            most = bytes;
            trim(leaving);
        }
        for (Block &block : leaving) cv::fastFree(block.memory);
    }

private:
    struct Block {
        void *memory;
        size_t capacity;
        /// Whose core may still have it in its caches.
        std::thread::id thread;
    };

    /// The place of the latest block that fits, of those that this thread gave if there is one. A block that is much too
    /// large would be missed by whoever needs it.
    size_t latest(size_t wanted) const {
        size_t found = blocks.size();
        for (size_t place = blocks.size(); place-- > 0;) {
            const Block &block = blocks[place];
            if (block.capacity < wanted || block.capacity - wanted > wanted / 4) continue;
            if (block.thread == std::this_thread::get_id()) return place;
            if (found == blocks.size()) found = place;
        }
        return found;
    }

    void trim(std::vector<Block> &leaving) {
        while (kept > most) {
            leaving.push_back(blocks.front());
            kept -= blocks.front().capacity;
            blocks.erase(blocks.begin());
        }
    }

    std::mutex mutex;
    std::vector<Block> blocks;
    size_t kept = 0, most = size_t(192) << 20;
};

/// Never freed: matrices of other threads may outlive the end of `main`.
Store &store() {
    static Store *made = new Store;
    return *made;
}

/// OpenCV's allocator, with large blocks from the store.
class Allocator : public cv::MatAllocator {
public:
    cv::UMatData *allocate(int dimensions, const int *sizes, int type, void *data, size_t *step, cv::AccessFlag flags,
        cv::UMatUsageFlags usage) const override {
        size_t total = CV_ELEM_SIZE(type);
        bool fits = data == nullptr;
        for (int place = dimensions - 1; fits && place >= 0; place--) {
            if (step) step[place] = total;
            fits = !__builtin_mul_overflow(total, size_t(sizes[place]), &total);
        }
        // Memory of others, small blocks, and sizes that overflow are OpenCV's own business.
        if (!fits || total < Store::least || total > SIZE_MAX / 2)
            return cv::Mat::getStdAllocator()->allocate(dimensions, sizes, type, data, step, flags, usage);
        size_t capacity = 0;
        void *memory = store().take(total, capacity);
        auto *made = new cv::UMatData(this);
        made->origdata = static_cast<uchar *>(memory);
        made->data = static_cast<uchar *>(Store::start(memory));
        made->size = total;
        made->handle = reinterpret_cast<void *>(capacity);
        return made;
    }

    bool allocate(cv::UMatData *data, cv::AccessFlag, cv::UMatUsageFlags) const override { return data != nullptr; }

    void deallocate(cv::UMatData *data) const override {
        if (data == nullptr) return;
        store().give(data->origdata, reinterpret_cast<size_t>(data->handle));
        data->origdata = nullptr;
        delete data;
    }
};

const bool installed = [] {
    cv::Mat::setDefaultAllocator(new Allocator);
    return true;
}();

}  // namespace

void rcv_keep_memory(size_t bytes) { store().limit(bytes); }
