"""``make bench``: every benchmark, side by side in one run."""

from benchmarks import (
    backlog,
    changes,
    console,
    conversation,
    etas,
    notices,
    offers,
    planning,
    routes,
    searching,
    sending,
    understanding,
    windows,
)

if __name__ == "__main__":
    windows.run()
    conversation.run()
    console.run()
    searching.run()
    understanding.run()
    planning.main([])
    routes.run()
    offers.run()
    etas.run()
    changes.run()
    sending.run()
    backlog.run()
    notices.run()
