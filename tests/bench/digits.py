"""Writes scikit-learn's digits for layout_bench: usage: digits.py OUT_DIR

OUT_DIR/digits.f32 holds 1,797 x 64 float32, row-major, OUT_DIR/digits.lab as many int32 labels.
"""
import pathlib
import sys


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        sys.exit("digits.py: scikit-learn is not installed")
    out = pathlib.Path(sys.argv[1])
    digits = load_digits()
    digits.data.astype("<f4").tofile(out / "digits.f32")
    digits.target.astype("<i4").tofile(out / "digits.lab")
    print(f"{digits.data.shape[0]} x {digits.data.shape[1]} in {out / 'digits.f32'}")


if __name__ == "__main__":
    main()
