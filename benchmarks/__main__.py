"""``make bench``: every benchmark, side by side in one run."""

from benchmarks import conversation, windows

if __name__ == "__main__":
    windows.run()
    conversation.run()
