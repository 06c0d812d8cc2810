#include "perception/ImageEncoder.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace hmgrl {
namespace {

namespace nn = torch::nn;

/// Blocks of one shape in a row; only the first has the stride.
struct Stage {
    int repeats;
    std::int64_t kernel;
    std::int64_t stride;
    std::int64_t expansion;
    std::int64_t in;
    std::int64_t out;
};

constexpr std::int64_t stemWidth = 32;
constexpr double normEps = 1e-3;
constexpr std::array<Stage, 7> stages{{{1, 3, 1, 1, 32, 16},
                                       {2, 3, 2, 6, 16, 24},
                                       {2, 5, 2, 6, 24, 40},
                                       {3, 3, 2, 6, 40, 80},
                                       {3, 5, 1, 6, 80, 112},
                                       {4, 5, 2, 6, 112, 192},
                                       {1, 3, 1, 6, 192, 320}}};

/// Weights and pictures are kept with their channels last; with the activations in place that takes
/// a quarter to a third less CPU time a picture.
nn::Conv2d makeConv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1,
                    std::int64_t groups = 1) {
    nn::Conv2d conv(nn::Conv2dOptions(in, out, kernel).stride(stride).groups(groups).bias(false));
    conv->weight.set_data(conv->weight.contiguous(at::MemoryFormat::ChannelsLast));
    return conv;
}

nn::BatchNorm2d makeNorm(std::int64_t channels) {
    return nn::BatchNorm2d(nn::BatchNorm2dOptions(channels).eps(normEps));
}

/// TensorFlow's "SAME" padding, which the weights were trained with: an odd pixel goes to the right
/// and to the bottom.
torch::Tensor padSame(const torch::Tensor& x, std::int64_t kernel, std::int64_t stride) {
    const auto missing = [&](std::int64_t side) {
        const std::int64_t out = (side + stride - 1) / stride;
        return std::max<std::int64_t>((out - 1) * stride + kernel - side, 0);
    };
    const std::int64_t high = missing(x.size(2));
    const std::int64_t wide = missing(x.size(3));
    if (high == 0 && wide == 0)
        return x;
    return torch::constant_pad_nd(x, {wide / 2, wide - wide / 2, high / 2, high - high / 2});
}

torch::Tensor convolve(const nn::Conv2d& conv, const torch::Tensor& x) {
    const auto& options = conv->options;
    const auto padded = padSame(x, (*options.kernel_size())[0], (*options.stride())[0]);
    return torch::conv2d(padded, conv->weight, torch::Tensor(), options.stride(),
                         at::IntArrayRef({0, 0}), at::IntArrayRef({1, 1}), options.groups());
}

torch::Tensor normalise(const nn::BatchNorm2d& norm, const torch::Tensor& x) {
    return torch::batch_norm(x, norm->weight, norm->bias, norm->running_mean, norm->running_var,
                             false, 0, normEps, false);
}

/// In place: every activation here is fresh from its normalisation, whose gradient doesn't need it.
torch::Tensor activate(torch::Tensor x) {
    return torch::relu6_(x);
}

/// Inverted residual: widen, depthwise convolution, narrow; added to its input where shapes agree.
class BlockImpl : public nn::Module {
public:
    BlockImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride,
              std::int64_t expansion)
        : m_residual(stride == 1 && in == out) {
        const std::int64_t wide = in * expansion;
        if (expansion != 1) {
            m_expand = register_module("_expand_conv", makeConv(in, wide, 1));
            m_expandNorm = register_module("_bn0", makeNorm(wide));
        }
        m_depthwise =
            register_module("_depthwise_conv", makeConv(wide, wide, kernel, stride, wide));
        m_depthwiseNorm = register_module("_bn1", makeNorm(wide));
        m_project = register_module("_project_conv", makeConv(wide, out, 1));
        m_projectNorm = register_module("_bn2", makeNorm(out));
    }

    torch::Tensor forward(const torch::Tensor& input) {
        auto x = input;
        if (m_expand)
            x = activate(normalise(m_expandNorm, convolve(m_expand, x)));
        x = activate(normalise(m_depthwiseNorm, convolve(m_depthwise, x)));
        x = normalise(m_projectNorm, convolve(m_project, x));
        return m_residual ? x + input : x;
    }

private:
    bool m_residual;
    nn::Conv2d m_expand{nullptr}, m_depthwise{nullptr}, m_project{nullptr};
    nn::BatchNorm2d m_expandNorm{nullptr}, m_depthwiseNorm{nullptr}, m_projectNorm{nullptr};
};

} // namespace

ImageEncoderImpl::ImageEncoderImpl() {
    m_stem = register_module("_conv_stem", makeConv(3, stemWidth, 3, 2));
    m_stemNorm = register_module("_bn0", makeNorm(stemWidth));
    m_blocks = register_module("_blocks", nn::ModuleList());
    for (const Stage& s : stages)
        for (int i = 0; i < s.repeats; ++i)
            m_blocks->push_back(std::make_shared<BlockImpl>(i == 0 ? s.in : s.out, s.out, s.kernel,
                                                            i == 0 ? s.stride : 1, s.expansion));
    m_head = register_module("_conv_head", makeConv(stages.back().out, width, 1));
    m_headNorm = register_module("_bn1", makeNorm(width));
}

torch::Tensor ImageEncoderImpl::forward(torch::Tensor pixels) {
    const auto ordered = pixels.contiguous(at::MemoryFormat::ChannelsLast);
    auto x = activate(normalise(m_stemNorm, convolve(m_stem, ordered)));
    for (std::size_t i = 0; i < m_blocks->size(); ++i)
        x = m_blocks->ptr<BlockImpl>(i)->forward(x);
    x = activate(normalise(m_headNorm, convolve(m_head, x)));
    return torch::adaptive_avg_pool2d(x, {4, 4}).flatten(2).transpose(1, 2).contiguous();
}

} // namespace hmgrl
