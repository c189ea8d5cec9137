"""These run inside Rasa's environment: `.rasa/bin/python -m pytest tests/integration/nlu`; elsewhere they are not collected."""

import importlib.util

# A folder of tests that cannot even be imported is left out whole; make test names it.
collect_ignore_glob = [] if importlib.util.find_spec("rasa") else ["test_*.py"]
