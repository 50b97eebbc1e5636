"""PyTorch on the CPU, eager float32: the same tasks as the other engines, over the line protocol of serve.ts.

Written as one would in PyTorch: modules, its own losses, torch.optim.Adam. Frozen networks need no gradient of
their weights, the discriminators' update uses the fakes of the generators' update again, and networks without
batch norm see several inputs as one batch. Run as `pytorch.py THREADS`.
"""

import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def network(sizes, batch_norm, activation):
    """Dense layers with an activation between them. Momentum 0.01 here is 0.99 elsewhere."""
    layers = []
    for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
        dense = nn.Linear(fan_in, fan_out)
        nn.init.kaiming_normal_(dense.weight)
        nn.init.zeros_(dense.bias)
        layers.append(dense)
        if i < len(sizes) - 2:
            if batch_norm:
                layers.append(nn.BatchNorm1d(fan_out, eps=1e-3, momentum=0.01))
            layers.append(activation())
    return nn.Sequential(*layers)


def trainable(modules, on):
    for module in modules:
        for parameter in module.parameters():
            parameter.requires_grad_(on)


def gradient_penalty(discriminator, real, fake, epsilon):
    """Mean of (|gradient at x̂| - 1)^2, the gradient written out with the activations' slopes held constant.

    torch.autograd.grad with create_graph=True gives the same, but also differentiates the slopes, which are
    constant almost everywhere, and multiplies the zeros through every layer: 1.3 GFLOP more at paper size.
    """
    dense = [layer for layer in discriminator if isinstance(layer, nn.Linear)]
    slopes = []
    with torch.no_grad():
        y = fake + epsilon * (real - fake)
        for layer in dense[:-1]:
            y = F.leaky_relu(layer(y), 0.2)
            slopes.append(torch.where(y > 0, 1.0, 0.2))
    gradient = slopes[-1] * dense[-1].weight
    for layer, slope in zip(dense[-2:0:-1], slopes[-2::-1]):
        gradient = slope * (gradient @ layer.weight)
    gradient = gradient @ dense[0].weight
    norm = torch.sqrt(gradient.square().sum(1) + 1e-12)
    return (norm - 1).square().mean()


class Step:
    """One CCEmoGAN step on one random batch."""

    # As long as the other engines are timed: steps one after the other.
    at_least_seconds = 1

    def __init__(self, task):
        torch.manual_seed(1)
        self.weights = task["lambda"]
        features, classes, batch = task["features"], task["classes"], task["batch"]
        generator, discriminator = task["generator"], task["discriminator"]
        leaky = lambda: nn.LeakyReLU(0.2)
        self.g_st = network([features, *generator, features], True, leaky)
        self.g_ts = network([features + classes, *generator, features], True, leaky)
        self.d_s = network([features, *discriminator, 1], False, leaky)
        self.d_t = network([features, *discriminator, 1], False, leaky)
        self.f = network([features, *task["classifier"], classes], False, nn.ReLU)
        trainable([self.f], False)
        adam = task["adam"]
        options = {"lr": adam["learningRate"], "betas": (adam["beta1"], adam["beta2"]), "eps": 1e-8}
        parameters = lambda *modules: [p for module in modules for p in module.parameters()]
        self.generators = torch.optim.Adam(parameters(self.g_st, self.g_ts), **options)
        self.discriminators = torch.optim.Adam(parameters(self.d_s, self.d_t), **options)
        self.source, self.target = torch.rand(batch, features), torch.rand(batch, features)
        self.classes = torch.randint(classes, (batch,))
        self.random_classes = torch.randint(classes, (batch,))
        self.y = F.one_hot(self.classes, classes).float()
        self.z = F.one_hot(self.random_classes, classes).float()
        self.eps_s, self.eps_t = torch.rand(batch, 1), torch.rand(batch, 1)

    def generator_loss(self):
        source, target, weights = self.source, self.target, self.weights
        to_source = lambda x, z: self.g_ts(torch.cat([x, z], 1))
        fake_t, id_t = self.g_st(source), self.g_st(target)
        fake_s, id_s = to_source(target, self.y), to_source(source, self.y)
        random_s = to_source(target, self.z)
        cycle_t, cycle_s = self.g_st(fake_s), to_source(fake_t, self.y)

        logits = self.f(torch.cat([cycle_s, id_s, random_s]))
        cycle_logits, paired_logits, random_logits = logits.chunk(3)
        ones = torch.ones(len(source), 1)
        bce = F.binary_cross_entropy_with_logits
        adversarial = bce(self.d_t(fake_t), ones) + bce(self.d_s(fake_s), ones)
        identity = F.mse_loss(id_s, source) + F.mse_loss(id_t, target)
        cycle = F.mse_loss(cycle_s, source) + F.mse_loss(cycle_t, target)
        emotion = (
            F.cross_entropy(cycle_logits, self.classes)
            + F.cross_entropy(paired_logits, self.classes)
            + F.cross_entropy(random_logits, self.random_classes)
        )
        total = (
            adversarial
            + weights["identity"] * identity
            + weights["cycle"] * cycle
            + weights["emotion"] * emotion
        )
        return total, fake_s.detach(), fake_t.detach()

    def discriminator_loss(self, fake_s, fake_t):
        ones = torch.ones(len(self.source), 1)
        bce = F.binary_cross_entropy_with_logits
        total = 0
        for discriminator, real, fake, epsilon in (
            (self.d_s, self.source, fake_s, self.eps_s),
            (self.d_t, self.target, fake_t, self.eps_t),
        ):
            real_logits, fake_logits = discriminator(torch.cat([real, fake])).chunk(2)
            penalty = gradient_penalty(discriminator, real, fake, epsilon)
            total = total + bce(real_logits, ones) + bce(fake_logits, torch.zeros_like(ones))
            total = total + self.weights["penalty"] * penalty
        return total

    def once(self):
        trainable([self.d_s, self.d_t], False)
        self.generators.zero_grad(set_to_none=True)
        generator, fake_s, fake_t = self.generator_loss()
        generator.backward()
        self.generators.step()

        trainable([self.d_s, self.d_t], True)
        self.discriminators.zero_grad(set_to_none=True)
        discriminator = self.discriminator_loss(fake_s, fake_t)
        discriminator.backward()
        self.discriminators.step()
        return generator.item() + discriminator.item()

    def check(self):
        losses = [self.once() for _ in range(3)]
        if not all(math.isfinite(loss) for loss in losses) or losses[0] == losses[1] or losses[1] == losses[2]:
            raise ValueError(f"the losses are {losses}")


class Gemm:
    """One product, its operands stored as the task says."""

    at_least_seconds = 0.3

    def __init__(self, task):
        torch.manual_seed(1)
        m, k, n = task["m"], task["k"], task["n"]
        self.a = torch.rand(k, m).t() if task["transposeA"] else torch.rand(m, k)
        self.b = torch.rand(n, k).t() if task["transposeB"] else torch.rand(k, n)
        self.out = torch.empty(m, n)

    def once(self):
        torch.matmul(self.a, self.b, out=self.out)

    def check(self):
        self.once()
        expected = (self.a[-1].double() * self.b[:, -1].double()).sum()
        if abs(self.out[-1, -1] - expected) > 1e-3 * abs(expected):
            raise ValueError("the product is wrong")


class Adam:
    """One update of all weights."""

    def __init__(self, task):
        torch.manual_seed(1)
        adam = task["adam"]
        self.weights = [torch.rand(shape, requires_grad=True) for shape in task["shapes"]]
        for weight in self.weights:
            weight.grad = torch.rand_like(weight)
        betas = (adam["beta1"], adam["beta2"])
        self.optimiser = torch.optim.Adam(self.weights, lr=adam["learningRate"], betas=betas, eps=1e-8)

    def once(self):
        self.optimiser.step()

    def check(self):
        before = self.weights[0][0, 0].item()
        self.once()
        rate = self.optimiser.param_groups[0]["lr"]
        if abs(before - self.weights[0][0, 0].item() - rate) > 0.1 * rate:
            raise ValueError("the first update is not the learning rate")


TASKS = {"step": Step, "gemm": Gemm, "adam": Adam}


def timed(job):
    """Milliseconds of one repeat."""
    at_least = getattr(job, "at_least_seconds", 0)
    started, repeats = time.perf_counter(), 0
    while True:
        job.once()
        repeats += 1
        seconds = time.perf_counter() - started
        if seconds >= at_least:
            return 1000 * seconds / repeats


def main():
    torch.set_num_threads(int(sys.argv[1]))
    job = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if "prepare" in request:
                job = TASKS[request["prepare"]["kind"]](request["prepare"])
                job.check()
                reply = {}
            else:
                reply = {"ms": timed(job)}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(f"> {json.dumps(reply)}", flush=True)


main()
