"""``make bench``: every benchmark, side by side in one run."""

from benchmarks import conversation

if __name__ == "__main__":
    conversation.run()
