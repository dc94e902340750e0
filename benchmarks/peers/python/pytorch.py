"""Trains the workloads with PyTorch as Debian packages it (python3-torch, OpenBLAS).

Called by PeersTable with the number of threads, the directory of MNIST and the seconds after which
no further epoch begins, warm-up not counted; prints one JSON object a line, see PeerRun.
"""

import gc
import gzip
import json
import math
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

EPOCHS = 15
SINGLES = 20_000
#          units, dropout, optimiser, rate, cosine, batch
WORKLOADS = {
    "W0": ((128,), 0.25, "adam", 0.005, True, 512),
    "W1": ((128,), 0.0, "sgd", 0.1, False, 128),
    "W2": ((512, 512), 0.2, "adam", 0.001, False, 128),
    "W3": ((128,), 0.0, "sgd", 0.1, False, 32),
}


def read(directory, name, offset):
    path = os.path.join(directory, name)
    with open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb") as file:
        return np.frombuffer(file.read(), dtype=np.uint8)[offset:]


def images(directory, name):
    pixels = read(directory, name, 16).reshape(-1, 784)
    return torch.from_numpy(pixels.astype(np.float32) / 255.0)


def labels(directory, name):
    return torch.from_numpy(read(directory, name, 8).astype(np.int64))


class Net:
    def __init__(self, workload):
        units, self.dropout, self.optimizer, self.rate, self.cosine, self.batch = WORKLOADS[workload]
        sizes = (784,) + units + (10,)
        self.weights, self.biases = [], []
        for fan_in, fan_out in zip(sizes, sizes[1:]):
            weight = torch.randn(fan_out, fan_in) * math.sqrt(2.0 / fan_in)
            self.weights.append(weight.requires_grad_())
            self.biases.append(torch.zeros(fan_out).requires_grad_())
        self.parameters = self.weights + self.biases
        if self.optimizer == "adam":
            self.adam = torch.optim.Adam(self.parameters, lr=self.rate, foreach=FOREACH)
        self.step = 0

    def forward(self, x, training):
        last = len(self.weights) - 1
        for i in range(last):
            x = F.linear(x, self.weights[i], self.biases[i]).relu_()
            if training and self.dropout > 0:
                x = torch.dropout(x, self.dropout, True)
        return F.linear(x, self.weights[last], self.biases[last])

    def update(self):
        if self.optimizer == "adam":
            if self.cosine:
                steps = 10 * math.ceil(60_000 / self.batch)
                part = min(1.0, self.step / steps)
                self.adam.param_groups[0]["lr"] = self.rate * 0.5 * (1 + math.cos(math.pi * part))
            self.adam.step()
            self.adam.zero_grad(set_to_none=True)
        else:
            with torch.no_grad():
                torch._foreach_add_(self.parameters, [p.grad for p in self.parameters], alpha=-self.rate)
            for p in self.parameters:
                p.grad = None
        self.step += 1

    def epoch(self, x, y):
        for start in range(0, len(x), self.batch):
            logits = self.forward(x[start : start + self.batch], True)
            F.cross_entropy(logits, y[start : start + self.batch]).backward()
            self.update()

    def accuracy(self, x, y):
        with torch.inference_mode():
            return (self.forward(x, False).argmax(1) == y).double().mean().item()


FOREACH = os.environ.get("PEER_FOREACH", "1") == "1"


def say(figure, value, accuracy=None):
    line = {"figure": figure, "value": value}
    if accuracy is not None:
        line["accuracy"] = accuracy
    print(json.dumps(line), flush=True)


def median(values):
    return float(np.median(values))


def main():
    threads, directory, limit = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    torch.set_flush_denormal(True)  # before threads start; Adam's means get that small
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    x, y = images(directory, "train-images-idx3-ubyte"), labels(directory, "train-labels-idx1-ubyte")
    test_x = images(directory, "t10k-images-idx3-ubyte")
    test_y = labels(directory, "t10k-labels-idx1-ubyte")
    print(json.dumps({"version": torch.__version__}), flush=True)
    nets = {}
    for workload in sys.argv[4:] or WORKLOADS:
        net = nets[workload] = Net(workload)
        begin = time.perf_counter()
        net.epoch(x, y)
        while time.perf_counter() - begin < limit / 3:
            net.epoch(x, y)
        seconds, begin = [], time.perf_counter()
        while len(seconds) < EPOCHS and (not seconds or time.perf_counter() - begin < limit):
            start = time.perf_counter()
            net.epoch(x, y)
            seconds.append(time.perf_counter() - start)
        say(workload, median(seconds), net.accuracy(test_x, test_y))
    net = nets.get("W2")
    if net is None:
        return
    gc.disable()
    with torch.inference_mode():
        singles = [test_x[i : i + 1] for i in range(1000)]
        micros = []
        for i in range(SINGLES + SINGLES // 4):
            image = singles[i % 1000]
            start = time.perf_counter_ns()
            torch.softmax(net.forward(image, False), 1)
            micros.append((time.perf_counter_ns() - start) * 1e-3)
        micros = np.array(micros[SINGLES // 4 :])
        say("SINGLE", median(micros))
        say("SINGLE_P99", float(np.quantile(micros, 0.99)))
        batch, rates = test_x[:1000], []
        for i in range(120):
            start = time.perf_counter()
            torch.softmax(net.forward(batch, False), 1)
            rates.append(1000 / (time.perf_counter() - start))
        say("BATCH", median(rates[20:]))


main()
