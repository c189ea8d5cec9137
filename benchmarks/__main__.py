"""``make bench``: every benchmark, side by side in one run."""

from benchmarks import conversation, understanding, windows

if __name__ == "__main__":
    windows.run()
    conversation.run()
    understanding.run()
